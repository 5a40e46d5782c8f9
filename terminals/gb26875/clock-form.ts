import { instantOfWall, type WallTime, wallOf } from '@keystead/terminals/port';

/** How a transmitter writes its six time bytes: makers disagree, and `auto` takes what lies nearer to our own clock. */
export type ClockForm = 'binary' | 'bcd' | 'auto';

const plain = (byte: number) => byte;
const packed = (byte: number) => (byte >> 4 > 9 || (byte & 15) > 9 ? Number.NaN : (byte >> 4) * 10 + (byte & 15));

function instant(bytes: Uint8Array, digits: (byte: number) => number, zone: string): number | undefined {
  const [second = 0, minute = 0, hour = 0, day = 0, month = 0, year = 0] = Array.from(bytes, digits);
  const wall: WallTime = { second, minute, hour, day, month, year: 2000 + year };
  return [second, minute, hour, day, month, year].some(Number.isNaN) || year > 99
    ? undefined
    : instantOfWall(zone, wall);
}

/** ms since 1970; undefined when the bytes are no time (all zero, all FF, a 31st of February). `near`: our clock, ms. */
export function readClock(bytes: Uint8Array, form: ClockForm, zone: string, near: number): number | undefined {
  const binary = form === 'bcd' ? undefined : instant(bytes, plain, zone);
  const bcd = form === 'binary' ? undefined : instant(bytes, packed, zone);
  if (binary === undefined || bcd === undefined) return binary ?? bcd;
  return Math.abs(bcd - near) < Math.abs(binary - near) ? bcd : binary;
}

/** The six bytes of a time, as the transmitter itself writes them. */
export function writeClock(time: number, form: 'binary' | 'bcd', zone: string): Uint8Array {
  const { second, minute, hour, day, month, year } = wallOf(zone, time);
  const parts = [second, minute, hour, day, month, year % 100];
  return Uint8Array.from(parts, (part) => (form === 'bcd' ? Math.floor(part / 10) * 16 + (part % 10) : part));
}
