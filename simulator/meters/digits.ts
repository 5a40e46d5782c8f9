/** Numbers as packed decimal, the low byte first, as meters send them. */
export function packed(value: number, bytes: number): number[] {
  const found: number[] = [];
  let rest = Math.floor(value);
  for (let at = 0; at < bytes; at++) {
    found.push(((Math.floor(rest / 10) % 10) << 4) | (rest % 10));
    rest = Math.floor(rest / 100);
  }
  return found;
}

export const unpacked = (bytes: Uint8Array): number =>
  bytes.reduceRight((sum, byte) => sum * 100 + (byte >> 4) * 10 + (byte & 15), 0);

/** An address as its digits, highest first; AA reads as `AA`. */
export const addressIn = (bytes: Uint8Array): string => Buffer.from(bytes).reverse().toString('hex').toUpperCase();

export const addressBytes = (address: string): number[] => [...Buffer.from(address, 'hex').reverse()];

/** Head and data with the sum and the end behind them. */
export const closed = (bytes: readonly number[]): Uint8Array =>
  Uint8Array.from([...bytes, bytes.reduce((sum, byte) => sum + byte, 0) & 0xff, 0x16]);

/** Seconds, minutes, hours, day, month of a wall clock, packed. */
export function clockBytes(wall: number): number[] {
  const at = new Date(wall);
  const parts = [at.getUTCSeconds(), at.getUTCMinutes(), at.getUTCHours(), at.getUTCDate(), at.getUTCMonth() + 1];
  return parts.map((part) => packed(part, 1)[0] ?? 0);
}
