import { CopyStreamBroken } from './problems.ts';
import { copyHeader, epoch2000, float8Oid, int2Oid } from './rows.ts';

const high = 0x1_0000_0000;

/**
 * The current row of a binary COPY stream; each call reads the next field of the column list. A field that may be
 * null is asked first: `row.null() ? null : row.text()`. Reading a null, a field of another size or an integer
 * beyond 2^53 throws `CopyStreamBroken`.
 */
export class CopyRow {
  readonly #bytes: Buffer;
  readonly #view: DataView;
  #at = copyHeader.length;
  #left = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let i = 0; i < 11; i++) {
      if (bytes[i] !== copyHeader[i]) throw new CopyStreamBroken({ reason: 'signature' });
    }
    this.#guard(() => {
      this.#at = copyHeader.length + this.#view.getInt32(15);
    });
  }

  /** Moves to the next row; false at the trailer. */
  next(): boolean {
    if (this.#left !== 0) throw new CopyStreamBroken({ reason: 'fields left', left: this.#left });
    this.#left = this.#guard(() => this.#view.getInt16(this.#at));
    this.#at += 2;
    if (this.#left !== -1) return true;
    this.#left = 0;
    return false;
  }

  /** True, and moved past it, when the field is null. */
  null(): boolean {
    if (this.#left === 0 || this.#view.getInt32(this.#at) !== -1) return false;
    this.#at += 4;
    this.#left--;
    return true;
  }

  bool(): boolean {
    return this.#bytes[this.#fixed(1)] === 1;
  }

  int2(): number {
    return this.#view.getInt16(this.#fixed(2));
  }

  int4(): number {
    return this.#view.getInt32(this.#fixed(4));
  }

  int8(): number {
    return this.#long(this.#fixed(8));
  }

  float8(): number {
    return this.#view.getFloat64(this.#fixed(8));
  }

  /** µs since 1970-01-01 UTC. */
  timestamptz(): number {
    return this.#long(this.#fixed(8)) + epoch2000;
  }

  text(): string {
    const from = this.#field();
    return this.#bytes.toString('utf8', from, this.#at);
  }

  uuid(): string {
    const from = this.#fixed(16);
    const digits = this.#bytes.toString('hex', from, from + 16);
    return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}`;
  }

  /** A view of the stream's bytes, not a copy. */
  bytea(): Buffer {
    const from = this.#field();
    return this.#bytes.subarray(from, this.#at);
  }

  int2s(): number[] {
    const [from, count] = this.#array(int2Oid, 6);
    const values = new Array<number>(count);
    for (let i = 0, at = from + 4; i < count; i++, at += 6) values[i] = this.#view.getInt16(at);
    return values;
  }

  float8s(): number[] {
    const [from, count] = this.#array(float8Oid, 12);
    const values = new Array<number>(count);
    for (let i = 0, at = from + 4; i < count; i++, at += 12) values[i] = this.#view.getFloat64(at);
    return values;
  }

  /** Takes one field of any length and returns where it begins; `#at` is then where it ends. */
  #field(): number {
    const length = this.#guard(() => this.#view.getInt32(this.#at));
    const from = this.#at + 4;
    if (this.#left < 1 || length < 0 || from + length > this.#bytes.length) {
      throw new CopyStreamBroken({ reason: length === -1 ? 'null' : 'field', left: this.#left, length });
    }
    this.#left--;
    this.#at = from + length;
    return from;
  }

  #fixed(size: number): number {
    const from = this.#field();
    if (this.#at - from !== size)
      throw new CopyStreamBroken({ reason: 'size', expected: size, found: this.#at - from });
    return from;
  }

  /** Where the first element's length stands, and how many elements; their sizes say that none is null. */
  #array(element: number, perElement: number): [from: number, count: number] {
    const from = this.#field();
    const dimensions = this.#at - from >= 12 ? this.#view.getInt32(from) : -1;
    if (dimensions === 0) return [from, 0];
    const found = this.#at - from >= 20 ? this.#view.getInt32(from + 8) : 0;
    const count = found === 0 ? 0 : this.#view.getInt32(from + 12);
    if (dimensions !== 1 || found !== element || this.#at - from !== 20 + count * perElement) {
      throw new CopyStreamBroken({ reason: 'array', dimensions, element: found });
    }
    return [from + 20, count];
  }

  #long(at: number): number {
    const value = this.#view.getInt32(at) * high + this.#view.getUint32(at + 4);
    if (!Number.isSafeInteger(value)) throw new CopyStreamBroken({ reason: 'integer beyond 2^53' });
    return value;
  }

  /** A read past the end of the stream is a broken stream. */
  #guard<T>(read: () => T): T {
    try {
      return read();
    } catch (cause) {
      if (cause instanceof RangeError) throw new CopyStreamBroken({ reason: 'cut off', at: this.#at });
      throw cause;
    }
  }
}

/**
 * Decodes a whole `COPY … TO STDOUT (FORMAT binary)` stream; `read` must take every field of its row.
 *
 * @example readRows(bytes, (row) => ({ thing: row.int8(), at: row.timestamptz(), values: row.float8s() }))
 */
export function readRows<T>(bytes: Buffer, read: (row: CopyRow) => T): T[] {
  const row = new CopyRow(bytes);
  const rows: T[] = [];
  while (row.next()) rows.push(read(row));
  return rows;
}
