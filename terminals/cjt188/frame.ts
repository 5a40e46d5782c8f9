import { byteSum, bytesOfDigits, digitsOf, type FrameForm } from '@keystead/terminals/port';

/** One frame of CJ/T 188, taken apart but not yet understood. */
export interface MeterFrame {
  /** What is metered: 0x10 … 0x19 water, 0x20 … heat and cooling, 0x30 … gas, 0x40 … others. */
  readonly type: number;
  /** 14 digits, highest first; `AAAAAAAAAAAAAA` = whoever hears it. */
  readonly address: string;
  readonly control: number;
  readonly data: Uint8Array;
}

const start = 0x68;
const end = 0x16;
const headLength = 11;
export const anyAddress = 'AAAAAAAAAAAAAA';

/** The functions of the standard; 0x80 is added in answers, 0x40 more in refusals. */
export const control = {
  read: 0x01,
  readAddress: 0x03,
  write: 0x04,
  readKey: 0x09,
  writeAddress: 0x15,
  writeMotor: 0x16,
};
const functions = new Set(Object.values(control));

export const isAnswer = (code: number): boolean => (code & 0x80) !== 0;
export const isRefusalCode = (code: number): boolean => (code & 0xc0) === 0xc0;
export const functionOf = (code: number): number => code & 0x3f;

/** A known function; the bit for a refusal is set by meters only. */
const isControl = (code: number): boolean => functions.has(functionOf(code)) && (isAnswer(code) || code < 0x40);

const isAddressByte = (byte: number): boolean => byte === 0xaa || (byte >> 4 < 10 && (byte & 0x0f) < 10);

/** Frames among other bytes: head 68, a known kind of meter, an address of digits, a known function. */
export const cjt188Form: FrameForm = {
  longest: headLength + 255 + 2,
  measure: (bytes, at) => {
    if (bytes[at] !== start) return -1;
    for (let place = 1; place < headLength - 1; place++) {
      const byte = bytes[at + place];
      if (byte === undefined) return 0;
      if (place === 1 && (byte < 0x10 || byte > 0x59) && byte !== 0xaa) return -1;
      if (place > 1 && place < 9 && !isAddressByte(byte)) return -1;
      if (place === 9 && !isControl(byte)) return -1;
    }
    const length = bytes[at + headLength - 1];
    return length === undefined ? 0 : headLength + length + 2;
  },
  sound: (frame) => frame.at(-1) === end && byteSum(frame, 0, frame.length - 2) === frame.at(-2),
};

/** The parts of one whole frame without preamble; undefined when it is not one (its checksum is `sound`'s matter). */
export function partsOf(frame: Uint8Array): MeterFrame | undefined {
  if (cjt188Form.measure(frame, 0) !== frame.length) return undefined;
  const address = frame.slice(2, 9);
  return {
    type: frame[1] ?? 0,
    address: digitsOf(address) ?? addressText(address),
    control: frame[9] ?? 0,
    data: frame.slice(headLength, frame.length - 2),
  };
}

const addressText = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .reverse()
    .join('')
    .toUpperCase();

/** The bytes of a frame; `preamble`: bytes FE ahead of it. */
export function frameOf({ type, address, control: code, data }: MeterFrame, preamble = 0): Uint8Array {
  const frame = new Uint8Array(preamble + headLength + data.length + 2).fill(0xfe, 0, preamble);
  const body = frame.subarray(preamble);
  body.set([start, type]);
  body.set(address === anyAddress ? new Uint8Array(7).fill(0xaa) : bytesOfDigits(address, 7), 2);
  body.set([code, data.length], 9);
  body.set(data, headLength);
  body.set([byteSum(body, 0, headLength + data.length), end], headLength + data.length);
  return frame;
}
