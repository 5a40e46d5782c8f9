import { addressBytes, addressIn, clockBytes, closed, packed, unpacked } from './digits.ts';
import type { SimulatedMeter } from './meter.ts';

/** How the water meters of one line are made. */
export interface FlowStyle {
  /** Bytes of the identifier: high first, low first, or either. */
  readonly order: 'high' | 'low' | 'either';
}

const headLength = 11;

/** Bytes of the request that begins at `at`; undefined = more must come; 0 = none begins here. */
export function flowRequestLength(bytes: Uint8Array, at: number): number | undefined {
  if (bytes[at] !== 0x68) return 0;
  const length = bytes[at + headLength - 1];
  return length === undefined ? undefined : headLength + length + 2;
}

/** The total in hundredths of a cubic metre, with its unit. */
const volume = (hundredths: number): number[] => [...packed(hundredths, 4), 0x2c];

function body(meter: SimulatedMeter, id: number, time: number): number[] | undefined {
  const status = [meter.standing() ? 0 : 1, 0];
  if (id === 0x901f) {
    const year = new Date(meter.wall(time)).getUTCFullYear();
    const [lastMonth = time] = settlements(meter, time);
    const clock = [...clockBytes(meter.wall(time)), ...packed(year, 2)];
    return [...volume(meter.register(time)), ...volume(meter.register(lastMonth)), ...clock, ...status];
  }
  if (id >= 0xd120 && id <= 0xd12b) {
    const at = settlements(meter, time)[id - 0xd120];
    return at === undefined ? undefined : volume(meter.register(at));
  }
  return id === 0x8103 ? [0x01] : undefined;
}

/** Midnights at the start of the last twelve months, newest first. */
function settlements(meter: SimulatedMeter, time: number): number[] {
  const wall = new Date(meter.wall(time));
  const shift = meter.wall(time) - time;
  return Array.from({ length: 12 }, (_, back) => Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() - back, 1) - shift);
}

function written(meter: SimulatedMeter, id: number, data: Uint8Array, time: number): number[] | undefined {
  if (id === 0xa017) {
    const code = data[0];
    if (code !== 0x55 && code !== 0x99) return undefined;
    meter.order(code === 0x55);
    return [meter.standing() ? 0 : 1, 0];
  }
  if (id !== 0xa015 || data.length < 7) return undefined;
  const [second = 0, minute = 0, hour = 0, day = 1, month = 1] = Array.from(data, (_, at) =>
    unpacked(data.subarray(at, at + 1)),
  );
  meter.setWall(Date.UTC(unpacked(data.subarray(5, 7)), month - 1, day, hour, minute, second), time);
  return [];
}

/** What the meters of a line answer to one request; undefined = none feels meant. */
export function flowAnswer(
  request: Uint8Array,
  meters: ReadonlyMap<string, SimulatedMeter>,
  time: number,
  style: FlowStyle,
): Uint8Array | undefined {
  const sum = request.subarray(0, -2).reduce((total, byte) => total + byte, 0) & 0xff;
  if (request.at(-1) !== 0x16 || sum !== request.at(-2)) return undefined;
  const asked = addressIn(request.subarray(2, 9));
  const meter = asked === 'A'.repeat(14) && meters.size === 1 ? meters.values().next().value : meters.get(asked);
  if (!meter?.isOn(time)) return undefined;
  const code = request[9] ?? 0;
  const data = request.subarray(headLength, -2);
  const [first = 0, second = 0, serial = 0] = data;
  const highFirst = [0x90, 0xd1, 0x81, 0xa0].includes(first);
  if (style.order !== 'either' && highFirst !== (style.order === 'high')) return undefined;
  const id = highFirst ? (first << 8) | second : (second << 8) | first;
  const answer = (control: number, more: readonly number[]) => {
    const head = [0x68, request[1] ?? 0x10, ...addressBytes(meter.address), control, more.length];
    return closed([...head, ...more]);
  };
  if (code === 0x03) return answer(0x83, [first, second, serial]);
  const told =
    code === 0x01 ? body(meter, id, time) : code === 0x04 ? written(meter, id, data.subarray(3), time) : undefined;
  return told ? answer(code | 0x80, [first, second, serial, ...told]) : answer(code | 0xc0, [serial, 0x02, 0x00]);
}
