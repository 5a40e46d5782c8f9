import { byteSum, bytesOfDigits, digitsOf, type FrameForm } from '@keystead/terminals/port';

/** One frame of DL/T 645, taken apart; the 33H that each data byte carries on the wire is taken off. */
export interface PowerFrame {
  /** 12 digits, highest first; `AAAAAAAAAAAA` = whoever hears it, `999999999999` = all, unanswered. */
  readonly address: string;
  readonly control: number;
  readonly data: Uint8Array;
}

const start = 0x68;
const end = 0x16;
const headLength = 10;
const shift = 0x33;
const longestData = 200;
export const anyAddress = 'AAAAAAAAAAAA';
export const everybody = '999999999999';

/** Functions of the 2007 edition. In answers 0x80 is added, 0x40 more in refusals, 0x20 when more follows. */
export const control = {
  broadcastTime: 0x08,
  read: 0x11,
  readMore: 0x12,
  readAddress: 0x13,
  write: 0x14,
  writeAddress: 0x15,
  freeze: 0x16,
  baudRate: 0x17,
  password: 0x18,
  clearDemand: 0x19,
  clearMeter: 0x1a,
  clearEvents: 0x1b,
  relay: 0x1c,
  output: 0x1d,
} as const;
/** Functions of the 1997 edition. */
export const control1997 = { read: 0x01, readMore: 0x02, write: 0x04, writeAddress: 0x0a } as const;

const functions = new Set<number>([...Object.values(control), ...Object.values(control1997), 0x03, 0x0c, 0x0f, 0x10]);

export const isAnswer = (code: number): boolean => (code & 0x80) !== 0;
export const isRefusalCode = (code: number): boolean => (code & 0xc0) === 0xc0;
export const moreFollows = (code: number): boolean => (code & 0xa0) === 0xa0;
export const functionOf = (code: number): number => code & 0x1f;

/** A known function; the bits for a refusal and for more are set by meters only. */
const isControl = (code: number): boolean => functions.has(functionOf(code)) && (isAnswer(code) || code < 0x20);

/** Digits, or the wild card AA in the high part of a shortened address. */
const isAddressByte = (byte: number): boolean => byte === 0xaa || (byte >> 4 < 10 && (byte & 0x0f) < 10);

/**
 * Frames among other bytes: 68, six bytes of address, 68 again, a known function, a length within the standard. A 68
 * that is followed by the FE of a preamble is no head, so that `68 FE FE … 68` does not hide the frame behind it.
 */
export const dlt645Form: FrameForm = {
  longest: headLength + longestData + 2,
  measure: (bytes, at) => {
    if (bytes[at] !== start) return -1;
    for (let place = 1; place < headLength - 1; place++) {
      const byte = bytes[at + place];
      if (byte === undefined) return 0;
      if (place < 7 && !isAddressByte(byte)) return -1;
      if (place === 7 && byte !== start) return -1;
      if (place === 8 && !isControl(byte)) return -1;
    }
    const length = bytes[at + headLength - 1];
    if (length === undefined) return 0;
    return length > longestData ? -1 : headLength + length + 2;
  },
  sound: (frame) => frame.at(-1) === end && byteSum(frame, 0, frame.length - 2) === frame.at(-2),
};

const addressText = (bytes: Uint8Array): string =>
  digitsOf(bytes) ??
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .reverse()
    .join('')
    .toUpperCase();

/** The parts of one whole frame without preamble; undefined when it is not one (its checksum is `sound`'s matter). */
export function partsOf(frame: Uint8Array): PowerFrame | undefined {
  if (dlt645Form.measure(frame, 0) !== frame.length) return undefined;
  const data = frame.slice(headLength, frame.length - 2).map((byte) => byte - shift);
  return { address: addressText(frame.slice(1, 7)), control: frame[8] ?? 0, data };
}

/** The bytes of a frame; `preamble`: bytes FE ahead of it. */
export function frameOf({ address, control: code, data }: PowerFrame, preamble = 0): Uint8Array {
  const frame = new Uint8Array(preamble + headLength + data.length + 2).fill(0xfe, 0, preamble);
  const body = frame.subarray(preamble);
  body.set([start]);
  body.set(address === anyAddress ? new Uint8Array(6).fill(0xaa) : bytesOfDigits(address, 6), 1);
  body.set([start, code, data.length], 7);
  body.set(
    data.map((byte) => byte + shift),
    headLength,
  );
  body.set([byteSum(body, 0, headLength + data.length), end], headLength + data.length);
  return frame;
}

/** The address an answer with an address in its data gives. */
export const addressOf = (data: Uint8Array): string => addressText(data.slice(0, 6));

/** A data identifier as bytes, lowest first: four in the 2007 edition, two in 1997. */
export const bytesOfIdentifier = (id: number, length: number): number[] =>
  Array.from({ length }, (_, at) => (id >>> (8 * at)) & 0xff);

export const identifierOf = (data: Uint8Array, length: number): number | undefined => {
  if (data.length < length) return undefined;
  let id = 0;
  for (let at = length - 1; at >= 0; at--) id = id * 256 + (data[at] ?? 0);
  return id;
};

/** Bytes of an identifier in the edition a function belongs to. */
export const identifierLength = (code: number): 2 | 4 =>
  functionOf(code) <= 0x02 || functionOf(code) === 0x04 ? 2 : 4;
