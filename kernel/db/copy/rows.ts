import { CopyValueInvalid } from './problems.ts';

/** PostgreSQL counts timestamps from 2000-01-01; the platform counts µs from 1970-01-01. */
export const epoch2000 = 946_684_800_000_000;
export const int2Oid = 21;
export const float8Oid = 701;
/** What every binary COPY stream opens with: signature, flags (none), length of the header extension (none). */
export const copyHeader: readonly number[] = [
  ...[0x50, 0x47, 0x43, 0x4f, 0x50, 0x59, 0x0a, 0xff, 0x0d, 0x0a, 0x00],
  ...[0, 0, 0, 0],
  ...[0, 0, 0, 0],
];

const high = 0x1_0000_0000;
const trailerBytes = 2;

/**
 * Encodes rows for `COPY … FROM STDIN (FORMAT binary)` into one growing buffer, without an object per row or field.
 *
 * Begin each row with `row()`, write its fields in the order of the column list, take the whole with `finish()`, and
 * reuse the writer after `reset()`. Times are µs since 1970; `int8` and `timestamptz` take safe integers. A value
 * that the column type cannot hold throws `CopyValueInvalid`, a row with too few or too many fields throws too; the
 * writer is then only good for `reset()`.
 */
export class CopyRows {
  readonly #columns: number;
  #bytes: Buffer;
  #view: DataView;
  #room: number;
  #at = copyHeader.length;
  #rows = 0;
  #fields: number;

  /** @param columns fields of each row @param capacity first size of the buffer in bytes; it doubles when full */
  constructor(columns: number, capacity = 65_536) {
    this.#columns = columns;
    this.#fields = columns;
    this.#bytes = Buffer.from(new ArrayBuffer(Math.max(capacity, 256)));
    this.#view = new DataView(this.#bytes.buffer);
    this.#room = this.#bytes.length - trailerBytes;
    this.#bytes.set(copyHeader, 0);
  }

  /** Rows begun since the last reset. */
  get rows(): number {
    return this.#rows;
  }

  /** Bytes written since the last reset, for deciding when a batch is full. */
  get bytes(): number {
    return this.#at;
  }

  row(): this {
    if (this.#fields !== this.#columns) this.#miscounted();
    if (this.#at + 2 > this.#room) this.#grow(2);
    this.#view.setInt16(this.#at, this.#columns);
    this.#at += 2;
    this.#fields = 0;
    this.#rows++;
    return this;
  }

  null(): this {
    const at = this.#field(0, -1);
    this.#at = at;
    return this;
  }

  bool(value: boolean): this {
    const at = this.#field(1, 1);
    this.#bytes[at] = value ? 1 : 0;
    return this;
  }

  int2(value: number): this {
    if ((value << 16) >> 16 !== value) throw new CopyValueInvalid({ type: 'int2', value });
    const at = this.#field(2, 2);
    this.#view.setInt16(at, value);
    return this;
  }

  int4(value: number): this {
    if ((value | 0) !== value) throw new CopyValueInvalid({ type: 'int4', value });
    const at = this.#field(4, 4);
    this.#view.setInt32(at, value);
    return this;
  }

  int8(value: number): this {
    if (!Number.isSafeInteger(value)) throw new CopyValueInvalid({ type: 'int8', value });
    this.#long(this.#field(8, 8), value);
    return this;
  }

  float8(value: number): this {
    const at = this.#field(8, 8);
    this.#view.setFloat64(at, value);
    return this;
  }

  /** @param micros whole µs since 1970-01-01 UTC, negative before it */
  timestamptz(micros: number): this {
    const shifted = micros - epoch2000;
    if (!Number.isSafeInteger(micros) || !Number.isSafeInteger(shifted)) {
      throw new CopyValueInvalid({ type: 'timestamptz', value: micros });
    }
    this.#long(this.#field(8, 8), shifted);
    return this;
  }

  /** Writes UTF-8; a lone surrogate becomes U+FFFD, and PostgreSQL itself refuses U+0000. */
  text(value: string): this {
    const at = this.#field(value.length * 3, 0);
    const length = this.#bytes.write(value, at, 'utf8');
    this.#view.setInt32(at - 4, length);
    this.#at = at + length;
    return this;
  }

  bytea(value: Uint8Array): this {
    const at = this.#field(value.length, value.length);
    this.#bytes.set(value, at);
    return this;
  }

  /** @param value 32 hexadecimal digits with or without hyphens */
  uuid(value: string): this {
    const at = this.#field(16, 16);
    const digits = value.replaceAll('-', '');
    if (digits.length !== 32 || this.#bytes.write(digits, at, 'hex') !== 16)
      throw new CopyValueInvalid({ type: 'uuid', value });
    return this;
  }

  int2s(values: ArrayLike<number>): this {
    const count = values.length;
    let at = this.#array(count, 6, int2Oid);
    const view = this.#view;
    for (let i = 0; i < count; i++, at += 6) {
      const value = values[i] as number;
      if ((value << 16) >> 16 !== value) throw new CopyValueInvalid({ type: 'int2', value });
      view.setInt32(at, 2);
      view.setInt16(at + 4, value);
    }
    return this;
  }

  float8s(values: ArrayLike<number>): this {
    const count = values.length;
    let at = this.#array(count, 12, float8Oid);
    const view = this.#view;
    for (let i = 0; i < count; i++, at += 12) {
      view.setInt32(at, 8);
      view.setFloat64(at + 4, values[i] as number);
    }
    return this;
  }

  /** The finished stream, a view of the writer's own buffer: valid until the next `row()` or `reset()`. */
  finish(): Buffer {
    if (this.#fields !== this.#columns) this.#miscounted();
    this.#view.setInt16(this.#at, -1);
    return this.#bytes.subarray(0, this.#at + trailerBytes);
  }

  reset(): void {
    this.#at = copyHeader.length;
    this.#rows = 0;
    this.#fields = this.#columns;
  }

  /**
   * Writes a field's length, makes room for `most` bytes of it and returns where they begin. Call it before `#bytes`
   * and `#view` are looked up: it may replace both.
   */
  #field(most: number, length: number): number {
    if (this.#at + 4 + most > this.#room) this.#grow(4 + most);
    this.#fields++;
    this.#view.setInt32(this.#at, length);
    const at = this.#at + 4;
    this.#at = length > 0 ? at + length : at;
    return at;
  }

  /** Writes the head of a one-dimensional array without nulls; an empty array has no dimension at all. */
  #array(count: number, perElement: number, element: number): number {
    const size = count === 0 ? 12 : 20 + count * perElement;
    const at = this.#field(size, size);
    const view = this.#view;
    view.setInt32(at, count === 0 ? 0 : 1);
    view.setInt32(at + 4, 0);
    view.setInt32(at + 8, element);
    if (count === 0) return at + 12;
    view.setInt32(at + 12, count);
    view.setInt32(at + 16, 1);
    return at + 20;
  }

  /** 64 bits without BigInt: an arithmetic high half and a modular low half. */
  #long(at: number, value: number): void {
    this.#view.setInt32(at, Math.floor(value / high));
    this.#view.setInt32(at + 4, value | 0);
  }

  #grow(needed: number): void {
    let size = this.#bytes.length * 2;
    while (size - trailerBytes < this.#at + needed) size *= 2;
    const bytes = Buffer.from(new ArrayBuffer(size));
    this.#bytes.copy(bytes, 0, 0, this.#at);
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
    this.#room = size - trailerBytes;
  }

  #miscounted(): never {
    throw new CopyValueInvalid({ type: 'row', value: `${this.#fields} fields of ${this.#columns}` });
  }
}
