import { type Option, readOptions, writeOptions } from './option.ts';

export const messageTypes = ['CON', 'NON', 'ACK', 'RST'] as const;
export type MessageType = (typeof messageTypes)[number];

/** One CoAP message (RFC 7252 §3). `code`: class and detail as on the wire, 0x45 = 2.05. */
export interface Message {
  type: MessageType;
  code: number;
  /** Message ID, 0 … 65535. */
  id: number;
  /** 0 … 8 bytes. */
  token: Uint8Array;
  /** In ascending order of their numbers. */
  options: Option[];
  payload: Uint8Array;
}

/** Bytes that are no message. `reset`: id to answer with RST, when a confirmable header could still be read. */
export interface Malformed {
  malformed: string;
  reset?: number;
}

/** Bytes of one datagram that are looked at; blocks are 1024 at most, so that longer ones have no use. */
export const largestDatagram = 2048;

const none = new Uint8Array(0);

export const isMalformed = (read: object): read is Malformed => 'malformed' in read;

/** Reads one datagram. Never throws; the parts are views of `bytes`. */
export function decodeMessage(bytes: Uint8Array): Message | Malformed {
  const [first, code, high, low] = bytes;
  if (first === undefined || code === undefined || high === undefined || low === undefined)
    return { malformed: 'shorter than a header' };
  if (first >> 6 !== 1) return { malformed: 'not version 1' };
  const type = messageTypes[(first >> 4) & 3] ?? 'CON';
  const id = (high << 8) | low;
  const wrong = (malformed: string): Malformed => (type === 'CON' ? { malformed, reset: id } : { malformed });
  if (bytes.length > largestDatagram) return wrong('too long');
  const length = first & 15;
  if (length > 8) return wrong('token longer than 8 bytes');
  if (code === 0 && (length > 0 || bytes.length > 4)) return wrong('an empty message with contents');
  if (bytes.length < 4 + length) return wrong('cut within the token');
  const read = readOptions(bytes, 4 + length);
  if (typeof read === 'string') return wrong(read);
  const { options, end } = read;
  if (end === bytes.length - 1) return wrong('a payload marker without payload');
  const payload = end === bytes.length ? none : bytes.subarray(end + 1);
  return { type, code, id, token: bytes.subarray(4, 4 + length), options, payload };
}

export function encodeMessage(message: Message): Uint8Array {
  const { type, code, id, token, options, payload } = message;
  const header = [0x40 | (messageTypes.indexOf(type) << 4) | token.length, code, id >> 8, id & 0xff];
  return Buffer.concat([Uint8Array.from(header), token, encodeBody(options, payload)]);
}

/** Options and payload as they stand behind the token, or inside a protected message. */
export function encodeBody(options: readonly Option[], payload: Uint8Array): Uint8Array {
  const marker = payload.length > 0 ? Uint8Array.of(0xff) : none;
  return Buffer.concat([writeOptions(options), marker, payload]);
}
