import { isJsonObject, PayloadMalformed } from '@keystead/terminals/port';
import { isChannel } from './session-description.ts';

/** Ways a camera moves; `in` and `out` are the zoom. */
const ways = { right: 0x01, left: 0x02, down: 0x04, up: 0x08, in: 0x10, out: 0x20 } as const;
const presets = { set: 0x81, call: 0x82, delete: 0x83 } as const;

export type Way = keyof typeof ways;
export interface Move {
  channel: string;
  ways: readonly Way[];
  /** 1–255; the zoom has sixteen steps of it. */
  speed: number;
  /** ms until it is stopped. */
  lasts: number;
}
export interface Preset {
  channel: string;
  act: keyof typeof presets;
  /** 1–255. */
  number: number;
}

const shortest = 100;
const longest = 10_000;

/** Eight bytes as hexadecimal text: start, its own check, address, what to do, three data, and the sum of the seven before. */
function command(code: number, data1: number, data2: number, data3: number): string {
  const bytes = [0xa5, 0x0f, 0x01, code, data1, data2, (data3 & 0x0f) << 4];
  const sum = bytes.reduce((total, byte) => total + byte, 0) & 0xff;
  return Buffer.from([...bytes, sum])
    .toString('hex')
    .toUpperCase();
}

/** What `PTZCmd` says to move (GB/T 28181 A.3.2); no way at all stops everything. */
export function moveCommand(wanted: readonly Way[], speed: number): string {
  const code = wanted.reduce((bits, way) => bits | ways[way], 0);
  const has = (...some: Way[]) => wanted.some((way) => some.includes(way));
  return command(
    code,
    has('left', 'right') ? speed : 0,
    has('up', 'down') ? speed : 0,
    has('in', 'out') ? speed >> 4 : 0,
  );
}

/** What `PTZCmd` says to keep, call or forget a place it looks at (A.3.4). */
export const presetCommand = (act: Preset['act'], number: number): string => command(presets[act], 0, number, 0);

const whole = (value: unknown, least: number, most: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;

const opposite: readonly (readonly [Way, Way])[] = [
  ['left', 'right'],
  ['up', 'down'],
  ['in', 'out'],
];

/** Throws PayloadMalformed. */
export function readMove(params: unknown): Move {
  if (isJsonObject(params)) {
    const { channel, ways: given, speed = 64, lasts = 500 } = params;
    const known =
      Array.isArray(given) && given.length > 0 && given.length <= 3 && given.every((way) => Object.hasOwn(ways, way));
    const split = known && opposite.some((pair) => pair.every((way) => given.includes(way)));
    if (isChannel(channel) && known && !split && whole(speed, 1, 255) && whole(lasts, shortest, longest))
      return { channel, ways: given as Way[], speed, lasts };
  }
  throw new PayloadMalformed({ detail: 'channel, ways, speed 1–255 and lasts 100–10000 ms are needed' });
}

/** Throws PayloadMalformed. */
export function readPreset(params: unknown): Preset {
  if (isJsonObject(params)) {
    const { channel, act, number } = params;
    if (isChannel(channel) && typeof act === 'string' && Object.hasOwn(presets, act) && whole(number, 1, 255))
      return { channel, act: act as Preset['act'], number };
  }
  throw new PayloadMalformed({ detail: 'channel, act (set, call or delete) and number 1–255 are needed' });
}
