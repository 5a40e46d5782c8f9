import { crc32 } from 'node:zlib';

/** Length and check sum in front of each record. */
export const frameHead = 8;
/** A record longer than this could not be sent in one message. */
export const longestRecord = 48 * 1024;

const checkOf = (payload: Uint8Array, sequence: number): number => crc32(payload, sequence >>> 0);

/** Writes a record behind its length and check sum; the sum is over its number too, so a record out of place is found. */
export function writeFrame(into: Buffer, at: number, payload: Uint8Array, sequence: number): number {
  into.writeUInt32LE(payload.length, at);
  into.writeUInt32LE(checkOf(payload, sequence), at + 4);
  into.set(payload, at + frameHead);
  return at + frameHead + payload.length;
}

export type Frame =
  | { state: 'whole'; payload: Buffer; next: number }
  /** Length believable, sum wrong: the records behind it can still be found. */
  | { state: 'damaged'; next: number }
  /** Nothing behind this place can be found. */
  | { state: 'torn' };

/** The record at `at`; `torn` when the bytes end before it does. */
export function readFrame(bytes: Buffer, at: number, sequence: number): Frame {
  if (at + frameHead > bytes.length) return { state: 'torn' };
  const length = bytes.readUInt32LE(at);
  const next = at + frameHead + length;
  if (length === 0 || length > longestRecord || next > bytes.length) return { state: 'torn' };
  const payload = bytes.subarray(at + frameHead, next);
  return bytes.readUInt32LE(at + 4) === checkOf(payload, sequence)
    ? { state: 'whole', payload, next }
    : { state: 'damaged', next };
}
