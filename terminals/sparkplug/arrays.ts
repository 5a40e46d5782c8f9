import { type DataType, integerForm, itemType } from './data-types.ts';

const itemsMost = 10_000;

function textsOf(bytes: Uint8Array): string[] | undefined {
  if (bytes.length > 0 && bytes.at(-1) !== 0) return undefined;
  const texts = Buffer.from(bytes).toString('utf8').split('\0').slice(0, -1);
  return texts.length > itemsMost ? undefined : texts;
}

function bitsOf(bytes: Uint8Array): boolean[] | undefined {
  if (bytes.length < 4) return undefined;
  const count = Buffer.from(bytes).readUInt32LE(0);
  if (count > itemsMost || bytes.length - 4 < Math.ceil(count / 8)) return undefined;
  return Array.from({ length: count }, (_, at) => (((bytes[4 + (at >> 3)] ?? 0) >> (7 - (at & 7))) & 1) === 1);
}

function numberAt(view: DataView, at: number, bits: number, signed: boolean): number {
  if (bits === 8) return signed ? view.getInt8(at) : view.getUint8(at);
  if (bits === 16) return signed ? view.getInt16(at, true) : view.getUint16(at, true);
  if (bits === 32) return signed ? view.getInt32(at, true) : view.getUint32(at, true);
  return Number(signed ? view.getBigInt64(at, true) : view.getBigUint64(at, true));
}

function numbersOf(bytes: Uint8Array, width: number, read: (view: DataView, at: number) => number) {
  if (bytes.length % width !== 0 || bytes.length / width > itemsMost) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const numbers = Array.from({ length: bytes.length / width }, (_, at) => read(view, at * width));
  return numbers;
}

/** The items of a packed array, little end first; undefined when the bytes are none, or more than 10,000. */
export function itemsOf(bytes: Uint8Array, type: DataType): unknown[] | undefined {
  const item = itemType(type);
  if (item === undefined) return undefined;
  if (item === 'String') return textsOf(bytes);
  if (item === 'Boolean') return bitsOf(bytes);
  if (item === 'Float') return finite(numbersOf(bytes, 4, (view, at) => view.getFloat32(at, true)));
  if (item === 'Double') return finite(numbersOf(bytes, 8, (view, at) => view.getFloat64(at, true)));
  const form = integerForm(item);
  if (form === undefined) return undefined;
  const numbers = numbersOf(bytes, form.bits / 8, (view, at) => numberAt(view, at, form.bits, form.signed));
  return numbers?.every((number) => Number.isSafeInteger(number)) ? numbers : undefined;
}

const finite = (numbers: number[] | undefined): number[] | undefined =>
  numbers?.every((number) => Number.isFinite(number)) ? numbers : undefined;
