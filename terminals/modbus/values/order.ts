import type { Order } from './point.ts';

/**
 * Bytes as the device has them ⇄ high byte first; its own inverse. The letters name the four bytes of a 32-bit value;
 * longer values follow the same two rules (swap the bytes of each word, reverse the words), shorter ones only the first.
 */
export function reordered(bytes: Uint8Array, start: number, length: number, order: Order): Uint8Array {
  // Not `slice`: of a Buffer, as sockets give, that would be the same memory.
  const out = Uint8Array.from(bytes.subarray(start, start + length));
  if (order === 'CDAB' || order === 'DCBA') {
    for (let word = 0; word < length; word += 2) {
      out[word] = bytes[start + length - 2 - word] ?? 0;
      out[word + 1] = bytes[start + length - 1 - word] ?? 0;
    }
  }
  if (order === 'BADC' || order === 'DCBA') {
    for (let word = 0; word < length; word += 2) {
      const high = out[word] ?? 0;
      out[word] = out[word + 1] ?? 0;
      out[word + 1] = high;
    }
  }
  return out;
}

/** The order of words has no meaning in a text; only the bytes of a word may be swapped. */
export const textOrder = (order: Order = 'ABCD'): Order => (order === 'BADC' || order === 'DCBA' ? 'BADC' : 'ABCD');
