import { type Refusal, refuse, ValueWrongType } from '@keystead/terminals/port';

/** Built-in types by their number in the protocol. */
export const builtIn = {
  Boolean: 1,
  SByte: 2,
  Byte: 3,
  Int16: 4,
  UInt16: 5,
  Int32: 6,
  UInt32: 7,
  Int64: 8,
  UInt64: 9,
  Float: 10,
  Double: 11,
  String: 12,
  DateTime: 13,
  Guid: 14,
  ByteString: 15,
  XmlElement: 16,
  NodeId: 17,
  ExpandedNodeId: 18,
  StatusCode: 19,
  QualifiedName: 20,
  LocalizedText: 21,
} as const;

/** What a variant of the library holds, as far as it is looked at. */
export interface VariantLike {
  dataType: number;
  /** 0 scalar, 1 array, 2 matrix. */
  arrayType?: number;
  value?: unknown;
}

/** A variant to be sent. */
export interface WrittenVariant {
  dataType: number;
  arrayType: number;
  value: unknown;
}

type Converted = { value: unknown } | Refusal;

const mostElements = 10_000;

const integerRanges: Readonly<Record<number, readonly [number, number]>> = {
  [builtIn.SByte]: [-128, 127],
  [builtIn.Byte]: [0, 255],
  [builtIn.Int16]: [-32_768, 32_767],
  [builtIn.UInt16]: [0, 65_535],
  [builtIn.Int32]: [-(2 ** 31), 2 ** 31 - 1],
  [builtIn.UInt32]: [0, 2 ** 32 - 1],
  [builtIn.Int64]: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  [builtIn.UInt64]: [0, Number.MAX_SAFE_INTEGER],
};

/** The decimal a single-precision number stands for; it still gives the same 32 bits. */
function shortest(single: number): number {
  for (const digits of [7, 8]) {
    const decimal = Number(single.toPrecision(digits));
    if (Math.fround(decimal) === Math.fround(single)) return decimal;
  }
  return single;
}

/** 64-bit integers come as two halves, the high one first. */
function longValue(value: unknown, signed: boolean): Converted {
  const [high, low] = Array.isArray(value) ? (value as number[]) : [];
  if (typeof high !== 'number' || typeof low !== 'number') return refuse(ValueWrongType, 'no 64-bit integer');
  const bits = (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
  const whole = signed ? BigInt.asIntN(64, bits) : bits;
  const number = Number(whole);
  return Number.isSafeInteger(number) ? { value: number } : refuse(ValueWrongType, `${whole} is beyond 2^53`);
}

function scalar(dataType: number, value: unknown): Converted {
  if (value === null || value === undefined) return refuse(ValueWrongType, 'no value');
  switch (dataType) {
    case builtIn.Int64:
    case builtIn.UInt64:
      return longValue(value, dataType === builtIn.Int64);
    case builtIn.Float:
    case builtIn.Double: {
      const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
      if (!Number.isFinite(number)) return refuse(ValueWrongType, 'not a finite number');
      return { value: dataType === builtIn.Float ? shortest(number) : number };
    }
    case builtIn.DateTime:
      return value instanceof Date ? { value: value.toISOString() } : refuse(ValueWrongType, 'no date');
    case builtIn.ByteString:
      return Buffer.isBuffer(value) ? { value: value.toString('base64') } : refuse(ValueWrongType, 'no bytes');
    case builtIn.LocalizedText:
    case builtIn.QualifiedName: {
      const { text, name } = value as { text?: unknown; name?: unknown };
      return textOf(text ?? name ?? '');
    }
    case builtIn.NodeId:
    case builtIn.ExpandedNodeId:
    case builtIn.StatusCode:
      return textOf(value);
    default:
      if (typeof value === 'object') return structure(value);
      return { value };
  }
}

/** As text, where it has one: a foreign object may have none, or throw when it is asked. */
function textOf(value: unknown): Converted {
  try {
    return { value: String(value) };
  } catch {
    return refuse(ValueWrongType, 'it has no text');
  }
}

/** A structure of the server's own as plain JSON. */
function structure(value: object): Converted {
  try {
    return { value: JSON.parse(JSON.stringify(value)) as unknown };
  } catch {
    return refuse(ValueWrongType, 'a structure that is no plain data');
  }
}

const isLong = (dataType: number): boolean => dataType === builtIn.Int64 || dataType === builtIn.UInt64;

const isNumbers = (value: unknown): value is Float64Array => ArrayBuffer.isView(value) && !(value instanceof DataView);

/** A value as JSON has it; arrays become arrays, matrices stay flat. Never throws. */
export function fromVariant({ dataType, arrayType = 0, value }: VariantLike): Converted {
  if (arrayType === 0) return scalar(dataType, value);
  if (!Array.isArray(value) && !isNumbers(value)) return refuse(ValueWrongType, 'no list');
  if (value.length > mostElements) return refuse(ValueWrongType, `${value.length} elements, ${mostElements} at most`);
  const list: unknown[] = [];
  for (const each of Array.from<unknown>(value)) {
    const one = scalar(dataType, each);
    if (!('value' in one)) return one;
    list.push(one.value);
  }
  return { value: list };
}

const mismatch = (wanted: string): Refusal => refuse(ValueWrongType, `${wanted} is wanted`);

/** A JSON value as one value of a type. */
function written(dataType: number, value: unknown): Converted {
  const range = integerRanges[dataType];
  if (range) {
    if (typeof value !== 'number' || !Number.isInteger(value)) return mismatch('a whole number');
    if (value < range[0] || value > range[1]) return refuse(ValueWrongType, `${value} does not fit the type`);
    if (!isLong(dataType)) return { value };
    const bits = BigInt.asUintN(64, BigInt(value));
    return { value: [Number(bits >> 32n), Number(bits & 0xffffffffn)] };
  }
  switch (dataType) {
    case builtIn.Boolean:
      return typeof value === 'boolean' ? { value } : mismatch('true or false');
    case builtIn.Float:
    case builtIn.Double:
      return typeof value === 'number' && Number.isFinite(value) ? { value } : mismatch('a number');
    case builtIn.String:
    case builtIn.Guid:
    case builtIn.XmlElement:
      return typeof value === 'string' ? { value } : mismatch('a text');
    case builtIn.LocalizedText:
      return typeof value === 'string' ? { value: { text: value } } : mismatch('a text');
    case builtIn.DateTime: {
      const time = typeof value === 'string' ? new Date(value) : undefined;
      return time && !Number.isNaN(time.getTime()) ? { value: time } : mismatch('a date and time');
    }
    case builtIn.ByteString:
      return typeof value === 'string' ? { value: Buffer.from(value, 'base64') } : mismatch('base64 text');
    default:
      return refuse(ValueWrongType, 'values of this type cannot be written');
  }
}

/** A JSON value as the variant of a type; nothing is coerced. */
export function toVariant(dataType: number, value: unknown): WrittenVariant | Refusal {
  if (!Array.isArray(value)) {
    const one = written(dataType, value);
    return 'value' in one ? { dataType, arrayType: 0, value: one.value } : one;
  }
  const list: unknown[] = [];
  for (const each of value) {
    const one = written(dataType, each);
    if (!('value' in one)) return one;
    list.push(one.value);
  }
  return { dataType, arrayType: 1, value: list };
}
