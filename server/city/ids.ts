import { randomBytes } from 'node:crypto';

let count = 0;

/** A UUIDv7 of a moment in the past, so that lists in the order of ids are in the order of time. */
export function idAt(ms: number): string {
  const time = Math.floor(ms).toString(16).padStart(12, '0');
  count = (count + 1) & 0xfff;
  const rest = randomBytes(8);
  rest[0] = ((rest[0] ?? 0) & 0x3f) | 0x80;
  const hex = rest.toString('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-${(0x7000 | count).toString(16)}-${hex.slice(0, 4)}-${hex.slice(4)}`;
}
