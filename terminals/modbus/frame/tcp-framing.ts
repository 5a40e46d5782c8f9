import type { Asked, Framing, RequestSearch, Search } from './framing.ts';

const headerLength = 7;
/** The unit identifier and a protocol data unit of 253 bytes. */
const longest = 254;

const wordAt = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

/** Whether the bytes seen so far at `at` agree with a header for this answer. */
function fits(bytes: Uint8Array, at: number, { unit, transaction, request }: Asked): boolean {
  const left = bytes.length - at;
  const wanted = [transaction >>> 8, transaction & 0xff, 0, 0, 0];
  if (wanted.slice(0, left).some((byte, index) => bytes[at + index] !== byte)) return false;
  const length = bytes[at + 5] ?? 0;
  const code = bytes[at + 7];
  if (left > 6 && bytes[at + 6] !== unit) return false;
  if (left > 7 && code !== request.function && code !== (request.function | 0x80)) return false;
  return left <= 5 || (length >= 2 && length <= longest);
}

function findReply(bytes: Uint8Array, asked: Asked): Search {
  let waiting: number | undefined;
  for (let at = 0; at < bytes.length; at++) {
    if (!fits(bytes, at, asked)) continue;
    const end = at + 6 + wordAt(bytes, at + 4);
    if (bytes.length - at >= headerLength && bytes.length >= end)
      return { pdu: bytes.subarray(at + headerLength, end), keepFrom: end, damaged: false };
    waiting ??= at;
  }
  return { keepFrom: waiting ?? bytes.length, damaged: false };
}

function findRequest(bytes: Uint8Array): RequestSearch {
  let at = 0;
  for (; at + headerLength <= bytes.length; at++) {
    const length = wordAt(bytes, at + 4);
    if (wordAt(bytes, at + 2) !== 0 || length < 2 || length > longest) continue;
    const end = at + 6 + length;
    if (end > bytes.length) break;
    const request = {
      unit: bytes[at + 6] ?? 0,
      transaction: wordAt(bytes, at),
      pdu: bytes.subarray(at + headerLength, end),
    };
    return { request, keepFrom: end, damaged: false };
  }
  return { keepFrom: at, damaged: false };
}

/** Modbus TCP: a header with transaction, protocol 0, length and unit; no checksum. */
export const tcpFraming: Framing = {
  name: 'tcp',
  wrap: (unit, transaction, pdu) => {
    const frame = new Uint8Array(headerLength + pdu.length);
    frame.set([transaction >>> 8, transaction & 0xff, 0, 0, 0, pdu.length + 1, unit]);
    frame.set(pdu, headerLength);
    return frame;
  },
  findReply,
  findRequest,
};
