import { addressBytes, addressIn, clockBytes, closed, packed, unpacked } from './digits.ts';
import type { SimulatedMeter } from './meter.ts';

/** Password all simulated meters have, and the level it belongs to. */
const password = { level: 2, digits: 123_456 };
const headLength = 10;
const most = 62;
const reach = 300_000;
const minute = 60_000;

/** Bytes of the request that begins at `at`; undefined = more must come; 0 = none begins here. */
export function powerRequestLength(bytes: Uint8Array, at: number): number | undefined {
  if (bytes[at] !== 0x68) return 0;
  if (bytes[at + 7] !== undefined && bytes[at + 7] !== 0x68) return 0;
  const length = bytes[at + headLength - 1];
  return length === undefined ? undefined : headLength + length + 2;
}

/** Minute, hour, day, month, year of a freeze. */
const freezeTime = (wall: number): number[] => [
  ...clockBytes(wall).slice(1),
  packed(new Date(wall).getUTCFullYear() % 100, 1)[0] ?? 0,
];

function read(meter: SimulatedMeter, id: number, time: number): number[] | undefined {
  const wall = new Date(meter.wall(time));
  const [second = 0, minutes = 0, hour = 0, day = 0, month = 0] = clockBytes(wall.getTime());
  const freeze = meter.freezes(time, most)[(id & 0xff) - 1];
  switch (id) {
    case 0x00010000:
    case 0x9010:
      return packed(meter.register(time), 4);
    case 0x02010100:
      return packed(2_305, 2);
    case 0xb611:
      return packed(230, 2);
    case 0x02020100:
      return packed(4_321, 3);
    case 0xb621:
      return packed(432, 2);
    case 0x02030000:
    case 0xb630:
      return packed(9_876, 3);
    case 0x04000101:
    case 0xc010:
      return [wall.getUTCDay(), day, month, packed(wall.getUTCFullYear() % 100, 1)[0] ?? 0];
    case 0x04000102:
    case 0xc011:
      return [second, minutes, hour];
    case 0x04000503:
      return [meter.standing() ? 0 : 0x10, 0];
  }
  if (!freeze) return undefined;
  if (id >> 8 === 0x050600) return freezeTime(freeze.wall);
  return id >> 8 === 0x050601 ? [...packed(freeze.register, 4), ...packed(freeze.register, 4)] : undefined;
}

/** The four tariffs, told in two parts. */
const tariffs = (meter: SimulatedMeter, time: number): number[] =>
  [4, 1, 1, 1, 1].flatMap((quarters) => packed((meter.register(time) * quarters) / 4, 4));

const wallIn = (data: Uint8Array): number => {
  const [second = 0, minutes = 0, hour = 0, day = 1, month = 1, year = 0] = Array.from(data, (_, at) =>
    unpacked(data.subarray(at, at + 1)),
  );
  return Date.UTC(2000 + year, month - 1, day, hour, minutes, second);
};

const allowed = (data: Uint8Array): boolean =>
  data[0] === password.level && unpacked(data.subarray(1, 4)) === password.digits;

/** Error bits of what it refuses, undefined when it obeyed. */
function write(meter: SimulatedMeter, id: number, data: Uint8Array, time: number): number | undefined {
  if (!allowed(data)) return 0x04;
  const value = data.subarray(8);
  const now = meter.wall(time);
  const midnight = Math.floor(now / 86_400_000) * 86_400_000;
  if (id === 0x04000101) {
    const [, day = 1, month = 1, year = 0] = Array.from(value, (_, at) => unpacked(value.subarray(at, at + 1)));
    meter.setWall(Date.UTC(2000 + year, month - 1, day) + now - midnight, time);
    return undefined;
  }
  if (id !== 0x04000102) return 0x02;
  const [second = 0, minutes = 0, hour = 0] = Array.from(value, (_, at) => unpacked(value.subarray(at, at + 1)));
  meter.setWall(midnight + ((hour * 60 + minutes) * 60 + second) * 1000, time);
  return undefined;
}

function relay(meter: SimulatedMeter, data: Uint8Array, time: number): number | undefined {
  if (!allowed(data)) return 0x04;
  const until = wallIn(data.subarray(10));
  const now = meter.wall(time);
  if (until < now || until > now + 60 * minute) return 0x01;
  const order = data[8];
  if (order !== 0x1a && order !== 0x1b && order !== 0x1c) return 0x01;
  if (order === 0x1b) meter.orders++;
  else meter.order(order === 0x1c);
  return undefined;
}

/** What the meters of a line answer to one request; undefined = none feels meant, or the request wants no answer. */
export function powerAnswer(
  request: Uint8Array,
  meters: ReadonlyMap<string, SimulatedMeter>,
  time: number,
): Uint8Array | undefined {
  const sum = request.subarray(0, -2).reduce((total, byte) => total + byte, 0) & 0xff;
  if (request.at(-1) !== 0x16 || sum !== request.at(-2)) return undefined;
  const code = request[8] ?? 0;
  const data = request.subarray(headLength, -2).map((byte) => byte - 0x33);
  const asked = addressIn(request.subarray(1, 7));
  if (code === 0x08) {
    const wall = wallIn(data);
    for (const meter of meters.values())
      if (meter.isOn(time) && Math.abs(meter.wall(time) - wall) <= reach) meter.setWall(wall, time);
    return undefined;
  }
  const meter = asked === 'A'.repeat(12) && meters.size === 1 ? meters.values().next().value : meters.get(asked);
  if (!meter?.isOn(time)) return undefined;
  const answer = (control: number, more: readonly number[]) => {
    const head = [0x68, ...addressBytes(meter.address), 0x68, control, more.length];
    return closed([...head, ...more.map((byte) => (byte + 0x33) & 0xff)]);
  };
  const refuse = (bits: number) => answer(code | 0xc0, [bits]);
  const id = Buffer.from(data).readUIntLE(0, Math.min(data.length, code === 0x01 ? 2 : 4) || 1);
  const identifier = [...data.subarray(0, code === 0x01 ? 2 : 4)];
  switch (code) {
    case 0x13:
      return answer(0x93, addressBytes(meter.address));
    case 0x01:
    case 0x11: {
      if (id === 0x0001ff00) return answer(0xb1, [...identifier, ...tariffs(meter, time).slice(0, 12)]);
      const told = read(meter, id, time);
      return told ? answer(code | 0x80, [...identifier, ...told]) : refuse(0x02);
    }
    case 0x12:
      return id === 0x0001ff00 && data[4] === 1
        ? answer(0x92, [...identifier, ...tariffs(meter, time).slice(12), 1])
        : refuse(0x02);
    case 0x14: {
      const error = write(meter, id, data.subarray(4), time);
      return error === undefined ? answer(0x94, []) : refuse(error);
    }
    case 0x1c: {
      const error = relay(meter, data, time);
      return error === undefined ? answer(0x9c, []) : refuse(error);
    }
  }
  return refuse(0x01);
}
