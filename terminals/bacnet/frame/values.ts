import { type Refusal, refuse, ValueWrongType } from '@keystead/terminals/port';
import { type ObjectId, objectText } from './names.ts';
import { bytesOfUnsigned, type Tag, TagWriter, unsignedOf } from './tags.ts';

export const valueTypes = [
  'null',
  'boolean',
  'unsigned',
  'signed',
  'real',
  'double',
  'octets',
  'string',
  'bits',
  'enumerated',
  'date',
  'time',
  'object',
] as const;
export type ValueType = (typeof valueTypes)[number];

/** A primitive application value with its type on the wire. */
export interface BacnetValue {
  type: ValueType;
  value: unknown;
}

const two = (number: number): string => String(number).padStart(2, '0');
const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

function signedOf(content: Uint8Array): number {
  const unsigned = unsignedOf(content);
  return (content[0] ?? 0) >= 0x80 ? unsigned - 256 ** content.length : unsigned;
}

/** UTF-8, UTF-16 and Latin-1; the code pages of makers are not read. */
function textOf(content: Uint8Array): string | undefined {
  const [set, ...rest] = content;
  const bytes = Buffer.from(rest);
  if (set === 0) return bytes.toString('utf8');
  if (set === 4) return bytes.length % 2 === 0 ? bytes.swap16().toString('utf16le') : undefined;
  return set === 5 ? bytes.toString('latin1') : undefined;
}

function bitsOf(content: Uint8Array): boolean[] | undefined {
  const [unused = 8, ...rest] = content;
  if (unused > 7 || (rest.length === 0 && unused > 0)) return undefined;
  const bits = rest.flatMap((byte) => Array.from({ length: 8 }, (_, at) => ((byte >> (7 - at)) & 1) === 1));
  return bits.slice(0, bits.length - unused);
}

/** ISO as far as it is told: 255 stands for any. */
function dateOf(content: Uint8Array): string | undefined {
  const [year = 255, month = 255, day = 255] = content;
  if (content.length !== 4) return undefined;
  const part = (value: number, text: string) => (value === 255 ? '*' : text);
  return `${part(year, String(1900 + year))}-${part(month, two(month))}-${part(day, two(day))}`;
}

function timeOf(content: Uint8Array): string | undefined {
  if (content.length !== 4) return undefined;
  const [hour, minute, second, hundredth] = [...content].map((value) => (value === 255 ? '*' : two(value)));
  return `${hour}:${minute}:${second}.${hundredth}`;
}

export function objectIdIn(content: Uint8Array): ObjectId | undefined {
  if (content.length !== 4) return undefined;
  const number = unsignedOf(content);
  return { type: Math.floor(number / 0x40_0000), instance: number % 0x40_0000 };
}

function contentValue(type: ValueType, { content, length }: Tag): unknown {
  switch (type) {
    case 'null':
      return content.length === 0 ? null : undefined;
    case 'boolean':
      return length <= 1 ? length === 1 : undefined;
    case 'unsigned':
    case 'enumerated':
      return whole(unsignedOf(content));
    case 'signed':
      return whole(signedOf(content));
    case 'real':
      return content.length === 4 ? viewOf(content).getFloat32(0) : undefined;
    case 'double':
      return content.length === 8 ? viewOf(content).getFloat64(0) : undefined;
    case 'octets':
      return Buffer.from(content).toString('hex');
    case 'string':
      return textOf(content);
    case 'bits':
      return bitsOf(content);
    case 'date':
      return dateOf(content);
    case 'time':
      return timeOf(content);
    case 'object': {
      const id = objectIdIn(content);
      return id && objectText(id);
    }
  }
}

const whole = (value: number): number | undefined => (Number.isSafeInteger(value) ? value : undefined);

/** The value of an application tag; undefined for a context tag, or bytes its type does not allow. */
export function valueIn(tag: Tag): BacnetValue | undefined {
  const type = valueTypes[tag.number];
  if (tag.isContext || tag.kind !== 'value' || type === undefined) return undefined;
  const value = contentValue(type, tag);
  return value === undefined ? undefined : { type, value };
}

/** Values between two brackets; undefined when one of them is no primitive value (a schedule, a priority array's own form). */
export function valuesIn(tags: readonly Tag[]): BacnetValue[] | undefined {
  const values = tags.map(valueIn);
  return values.every((value) => value !== undefined) ? values : undefined;
}

export function contentOfObject({ type, instance }: ObjectId): Uint8Array {
  const bytes = new Uint8Array(4);
  viewOf(bytes).setUint32(0, type * 0x40_0000 + instance);
  return bytes;
}

const refused = (type: ValueType, detail: string): Refusal => refuse(ValueWrongType, `${type}: ${detail}`);

function signedBytes(value: number): Uint8Array {
  for (let length = 1; length <= 6; length++) {
    const half = 2 ** (8 * length - 1);
    if (value < -half || value >= half) continue;
    const bytes = bytesOfUnsigned(value < 0 ? value + half * 2 : value);
    return Uint8Array.from([...new Uint8Array(length - bytes.length), ...bytes]);
  }
  return new Uint8Array(0);
}

function real(value: number, bytes: 4 | 8): Uint8Array {
  const content = new Uint8Array(bytes);
  if (bytes === 4) viewOf(content).setFloat32(0, value);
  else viewOf(content).setFloat64(0, value);
  return content;
}

const mostNumber = 2 ** 32 - 1;

/** A value as an application tag of this type, or why it cannot be one. null is told as Null in every type. */
export function writeValue(type: ValueType, value: unknown): Uint8Array | Refusal {
  const tag = (of: ValueType, content: Uint8Array) =>
    new TagWriter().tag(valueTypes.indexOf(of), false, content).done();
  if (value === null) return tag('null', new Uint8Array(0));
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean'
        ? new TagWriter().boolean(value).done()
        : refused(type, 'neither true nor false');
    case 'enumerated':
    case 'unsigned': {
      const number = type === 'enumerated' && typeof value === 'boolean' ? Number(value) : value;
      if (typeof number !== 'number' || !Number.isInteger(number) || number < 0 || number > mostNumber)
        return refused(type, 'no whole number from 0');
      return tag(type, bytesOfUnsigned(number));
    }
    case 'signed':
      if (typeof value !== 'number' || !Number.isInteger(value) || Math.abs(value) > 2 ** 31)
        return refused(type, 'no whole number');
      return tag(type, signedBytes(value));
    case 'real':
    case 'double': {
      const length = type === 'real' ? 4 : 8;
      const kept = typeof value === 'number' && length === 4 ? Math.fround(value) : value;
      return typeof kept === 'number' && Number.isFinite(kept)
        ? tag(type, real(kept, length))
        : refused(type, 'no number');
    }
    case 'string':
      if (typeof value !== 'string' || Buffer.byteLength(value) > 1_000) return refused(type, 'no text, or too long');
      return tag(type, Uint8Array.from([0, ...Buffer.from(value)]));
    default:
      return refused(type, 'cannot be written');
  }
}
