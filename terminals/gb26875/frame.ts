import { byteSum, type FrameForm, type Scanned } from '@keystead/terminals/port';

/** What the control unit asks of the other side. */
export const command = { control: 1, send: 2, confirm: 3, request: 4, answer: 5, deny: 6 } as const;

export interface Frame {
  /** Business number: a confirmation carries the one it confirms. */
  sequence: number;
  version: readonly [main: number, user: number];
  /** Six bytes, seconds first, as the sender's clock wrote them. */
  time: Uint8Array;
  source: Uint8Array;
  destination: Uint8Array;
  command: number;
  /** Application data unit, at most 1,024 bytes. */
  data: Uint8Array;
}

const headBytes = 27;
const tailBytes = 3;
export const mostData = 1024;
const start = 0x40;
const end = 0x23;

/** `40 40`, 25 bytes of control, data, sum, `23 23`; all numbers low byte first. */
export const gb26875Form: FrameForm = {
  longest: headBytes + mostData + tailBytes,
  measure: (bytes, at) => {
    if (bytes[at] !== start) return -1;
    if (at + 1 < bytes.length && bytes[at + 1] !== start) return -1;
    if (at + headBytes > bytes.length) return 0;
    const length = word(bytes, at + 24);
    return length > mostData ? -1 : headBytes + length + tailBytes;
  },
  sound: (frame) => frame.at(-1) === end && frame.at(-2) === end && sumOf(frame) === frame.at(-3),
};

const word = (bytes: Uint8Array, at: number) => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
const sumOf = (frame: Uint8Array) => byteSum(frame, 2, frame.length - tailBytes);

/** Reads what the scanner found whole. */
export function readFrame(bytes: Uint8Array): Frame {
  return {
    sequence: word(bytes, 2),
    version: [bytes[4] ?? 0, bytes[5] ?? 0],
    time: bytes.slice(6, 12),
    source: bytes.slice(12, 18),
    destination: bytes.slice(18, 24),
    command: bytes[26] ?? 0,
    data: bytes.slice(headBytes, bytes.length - tailBytes),
  };
}

export function writeFrame(frame: Frame): Uint8Array {
  const bytes = new Uint8Array(headBytes + frame.data.length + tailBytes);
  bytes.set([start, start, frame.sequence & 0xff, (frame.sequence >> 8) & 0xff, ...frame.version]);
  bytes.set(frame.time, 6);
  bytes.set(frame.source, 12);
  bytes.set(frame.destination, 18);
  bytes.set([frame.data.length & 0xff, frame.data.length >> 8, frame.command], 24);
  bytes.set(frame.data, headBytes);
  bytes.set([sumOf(bytes), end, end], bytes.length - tailBytes);
  return bytes;
}

/**
 * A frame whose sum is wrong although both of its ends stand where its head says: damaged on the way, and the sender
 * can be told so. Anything else that is damaged may never have been a frame.
 */
export const isBroken = ({ kind, bytes }: Scanned): boolean =>
  kind === 'damaged' && bytes.length >= headBytes + tailBytes && bytes.at(-1) === end && bytes.at(-2) === end;

/** An address as people write it: six bytes, highest first, in hex. */
export const addressText = (bytes: Uint8Array): string => Buffer.from(bytes).reverse().toString('hex');
export const addressBytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex').reverse());
