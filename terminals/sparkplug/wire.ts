/** One field of a protobuf message as it stands on the wire. Of a group or an unknown wire type there is none. */
export interface WireField {
  number: number;
  /** Bytes [start, end) of the whole field, its tag with it. */
  start: number;
  end: number;
  /** Of a varint or a fixed number: the lower and the upper half, unsigned. */
  low: number;
  high: number;
  wire: 'varint' | 'fixed64' | 'fixed32' | 'bytes';
  /** Of a length-delimited field; a view, nothing is copied. */
  bytes: Uint8Array;
}

const none = new Uint8Array(0);

interface Varint {
  low: number;
  high: number;
  next: number;
}

function varintAt(bytes: Uint8Array, at: number): Varint | undefined {
  let low = 0;
  let high = 0;
  for (let index = 0; index < 10; index++) {
    const byte = bytes[at + index];
    if (byte === undefined) return undefined;
    const part = byte & 0x7f;
    if (index < 4) low |= part << (7 * index);
    else if (index === 4) {
      low |= (part & 0x0f) << 28;
      high |= part >> 4;
    } else if (index < 9) high |= part << (7 * index - 32);
    else high |= (part & 1) << 31;
    if (byte < 0x80) return { low: low >>> 0, high: high >>> 0, next: at + index + 1 };
  }
  return undefined;
}

const fixedAt = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)) >>> 0;

/** The fields of a message in their order; undefined when the bytes are no message. At most half as many as bytes. */
export function readFields(bytes: Uint8Array): WireField[] | undefined {
  const fields: WireField[] = [];
  for (let at = 0; at < bytes.length; ) {
    const tag = varintAt(bytes, at);
    if (tag?.high !== 0) return undefined;
    const number = tag.low >>> 3;
    if (number === 0) return undefined;
    const start = at;
    switch (tag.low & 7) {
      case 0: {
        const value = varintAt(bytes, tag.next);
        if (!value) return undefined;
        at = value.next;
        fields.push({ number, start, end: at, low: value.low, high: value.high, wire: 'varint', bytes: none });
        break;
      }
      case 1:
      case 5: {
        const wide = (tag.low & 7) === 1;
        at = tag.next + (wide ? 8 : 4);
        if (at > bytes.length) return undefined;
        const low = fixedAt(bytes, tag.next);
        const high = wide ? fixedAt(bytes, tag.next + 4) : 0;
        fields.push({ number, start, end: at, low, high, wire: wide ? 'fixed64' : 'fixed32', bytes: none });
        break;
      }
      case 2: {
        const length = varintAt(bytes, tag.next);
        if (length?.high !== 0 || length.next + length.low > bytes.length) return undefined;
        at = length.next + length.low;
        const inner = bytes.subarray(length.next, at);
        fields.push({ number, start, end: at, low: 0, high: 0, wire: 'bytes', bytes: inner });
        break;
      }
      default:
        return undefined;
    }
  }
  return fields;
}

export const bigOf = ({ low, high }: { low: number; high: number }): bigint => (BigInt(high) << 32n) | BigInt(low);

/** A count or a time; undefined when it cannot be told exactly. */
export function numberOf({ low, high }: { low: number; high: number }): number | undefined {
  const value = high * 0x1_0000_0000 + low;
  return Number.isSafeInteger(value) ? value : undefined;
}

const scratch = new DataView(new ArrayBuffer(8));

export function floatOf({ low }: WireField): number {
  scratch.setUint32(0, low);
  return scratch.getFloat32(0);
}

export function doubleOf({ low, high }: WireField): number {
  scratch.setUint32(0, high);
  scratch.setUint32(4, low);
  return scratch.getFloat64(0);
}

/** Makes a message field by field. */
export class WireWriter {
  readonly #parts: Uint8Array[] = [];

  varint(number: number, value: number | bigint): this {
    return this.#push(number, 0, varint(BigInt.asUintN(64, BigInt(value))));
  }

  float(number: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return this.#push(number, 5, bytes);
  }

  double(number: number, value: number): this {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, value, true);
    return this.#push(number, 1, bytes);
  }

  bytes(number: number, value: Uint8Array): this {
    this.#push(number, 2, varint(BigInt(value.length)));
    this.#parts.push(value);
    return this;
  }

  text(number: number, value: string): this {
    return this.bytes(number, Buffer.from(value));
  }

  done(): Uint8Array {
    return Uint8Array.from(Buffer.concat(this.#parts));
  }

  #push(number: number, wire: number, bytes: Uint8Array): this {
    this.#parts.push(varint(BigInt((number << 3) | wire)), bytes);
    return this;
  }
}

function varint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let left = value;
  for (; left > 0x7fn; left >>= 7n) bytes.push(Number(left & 0x7fn) | 0x80);
  bytes.push(Number(left));
  return Uint8Array.from(bytes);
}
