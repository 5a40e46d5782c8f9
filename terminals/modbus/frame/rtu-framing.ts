import { crc16 } from './crc.ts';
import type { Asked, Framing, RequestSearch, Search } from './framing.ts';
import { replyLength } from './reply.ts';
import { isRead } from './request.ts';

const exceptionLength = 5;

export const crcRight = (bytes: Uint8Array, start: number, end: number): boolean => {
  const crc = crc16(bytes, start, end - 2);
  return bytes[end - 2] === (crc & 0xff) && bytes[end - 1] === crc >>> 8;
};

/**
 * An RTU answer has neither start nor length, so it is looked for by what was asked: unit, function and, for a read,
 * the byte count must agree and the checksum decides. A line that echoes the request is passed over this way too.
 */
function findReply(bytes: Uint8Array, { unit, request }: Asked): Search {
  const whole = replyLength(request) + 3;
  let waiting: number | undefined;
  let damaged = false;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== unit) continue;
    const code = bytes[at + 1];
    const count = bytes[at + 2];
    const ordinary = code === request.function;
    if (code !== undefined && !ordinary && code !== (request.function | 0x80)) continue;
    if (ordinary && isRead(request) && count !== undefined && count !== replyLength(request) - 2) continue;
    const end = at + (ordinary || code === undefined ? whole : exceptionLength);
    if (bytes.length < end) waiting ??= at;
    else if (crcRight(bytes, at, end)) return { pdu: bytes.subarray(at + 1, end - 2), keepFrom: end, damaged };
    else damaged = true;
  }
  return { keepFrom: waiting ?? bytes.length, damaged };
}

/** Length of a request frame that begins at `at`; 0 = not known yet, undefined = not a function we know. */
function requestLength(bytes: Uint8Array, at: number): number | undefined {
  const code = bytes[at + 1];
  if (code === undefined) return 0;
  if (code >= 1 && code <= 6) return 8;
  if (code === 22) return 10;
  if (code !== 15 && code !== 16) return undefined;
  const count = bytes[at + 6];
  return count === undefined ? 0 : 9 + count;
}

function findRequest(bytes: Uint8Array): RequestSearch {
  let damaged = false;
  let waiting: number | undefined;
  for (let at = 0; at < bytes.length; at++) {
    const length = requestLength(bytes, at);
    // A function we do not know has no length: if what is there is a whole frame, it wants exception 1.
    const end = length === undefined ? bytes.length : at + length;
    if (length === 0 || end > bytes.length) waiting ??= at;
    else if (end - at >= 4 && crcRight(bytes, at, end)) {
      const request = { unit: bytes[at] ?? 0, transaction: 0, pdu: bytes.subarray(at + 1, end - 2) };
      return { request, keepFrom: end, damaged };
    } else if (length !== undefined && at === 0) damaged = true;
  }
  return { keepFrom: waiting ?? bytes.length, damaged };
}

/** Modbus RTU: unit, data unit, CRC-16; on a serial line or through a socket. */
export const rtuFraming: Framing = {
  name: 'rtu',
  wrap: (unit, _transaction, pdu) => {
    const frame = new Uint8Array(pdu.length + 3);
    frame[0] = unit;
    frame.set(pdu, 1);
    const crc = crc16(frame, 0, pdu.length + 1);
    frame[pdu.length + 1] = crc & 0xff;
    frame[pdu.length + 2] = crc >>> 8;
    return frame;
  },
  findReply,
  findRequest,
};
