/** One tag of a BACnet encoding; `content` is a view. An opening or closing tag has none. */
export interface Tag {
  number: number;
  isContext: boolean;
  kind: 'value' | 'open' | 'close';
  /** Bytes [start, end) of the whole tag. */
  start: number;
  end: number;
  /** Length, or the truth itself of an application boolean. */
  length: number;
  content: Uint8Array;
}

const none = new Uint8Array(0);
const booleanTag = 1;

function tagAt(bytes: Uint8Array, start: number): Tag | undefined {
  const first = bytes[start];
  if (first === undefined) return undefined;
  let at = start + 1;
  let number = first >> 4;
  const isContext = (first & 8) !== 0;
  if (number === 15) number = bytes[at++] ?? 255;
  if (number === 255) return undefined;
  let length = first & 7;
  if (isContext && length >= 6) {
    if (at > bytes.length) return undefined;
    return { number, isContext, kind: length === 6 ? 'open' : 'close', start, end: at, length: 0, content: none };
  }
  if (length > 5) return undefined;
  if (length === 5) {
    length = bytes[at++] ?? 0;
    if (length === 254) {
      length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
      at += 2;
      // Longer than a datagram can be.
    } else if (length === 255) return undefined;
  }
  const inside = !isContext && number === booleanTag ? 0 : length;
  const end = at + inside;
  if (end > bytes.length) return undefined;
  return { number, isContext, kind: 'value', start, end, length, content: bytes.subarray(at, end) };
}

/** All tags in their order, openings matched by closings; undefined when the bytes are no encoding. */
export function readTags(bytes: Uint8Array): Tag[] | undefined {
  const tags: Tag[] = [];
  const opened: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const tag = tagAt(bytes, at);
    if (!tag) return undefined;
    if (tag.kind === 'open') {
      opened.push(tag.number);
      if (opened.length > 16) return undefined;
    } else if (tag.kind === 'close' && opened.pop() !== tag.number) return undefined;
    tags.push(tag);
    at = tag.end;
  }
  return opened.length === 0 ? tags : undefined;
}

/** Reads tags one after another; what is not as it should be makes `ok` false, and nothing throws. */
export class TagCursor {
  readonly #tags: readonly Tag[];
  #at = 0;
  ok = true;

  constructor(bytes: Uint8Array) {
    const tags = readTags(bytes);
    this.#tags = tags ?? [];
    this.ok = tags !== undefined;
  }

  get ended(): boolean {
    return this.#at >= this.#tags.length;
  }

  peek(): Tag | undefined {
    return this.#tags[this.#at];
  }

  next(): Tag | undefined {
    const tag = this.#tags[this.#at++];
    if (!tag) this.ok = false;
    return tag;
  }

  isContext(number: number, kind: Tag['kind'] = 'value'): boolean {
    const tag = this.peek();
    return tag?.isContext === true && tag.number === number && tag.kind === kind;
  }

  /** The content of a context tag that has to be there. */
  context(number: number): Uint8Array {
    if (this.isContext(number)) return this.next()?.content ?? none;
    this.ok = false;
    return none;
  }

  optional(number: number): Uint8Array | undefined {
    return this.isContext(number) ? this.context(number) : undefined;
  }

  open(number: number): boolean {
    if (this.isContext(number, 'open')) this.#at++;
    else this.ok = false;
    return this.ok;
  }

  /** Everything up to the closing tag `number`, which is passed over. */
  until(number: number): Tag[] {
    const inside: Tag[] = [];
    for (let depth = 0; ; ) {
      const tag = this.next();
      if (!tag) return [];
      if (depth === 0 && tag.kind === 'close' && tag.number === number) return inside;
      depth += tag.kind === 'open' ? 1 : tag.kind === 'close' ? -1 : 0;
      inside.push(tag);
    }
  }
}

/** An unsigned number of up to six bytes, big end first; NaN when there are none or more. */
export function unsignedOf(content: Uint8Array): number {
  if (content.length === 0 || content.length > 6) return Number.NaN;
  return content.reduce((value, byte) => value * 256 + byte, 0);
}

export function bytesOfUnsigned(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let left = value; left > 0 || bytes.length === 0; left = Math.floor(left / 256)) bytes.unshift(left % 256);
  return Uint8Array.from(bytes);
}

function head(number: number, isContext: boolean, length: number): number[] {
  const first = (number << 4) | (isContext ? 8 : 0);
  if (length < 5) return [first | length];
  return length < 254 ? [first | 5, length] : [first | 5, 254, length >> 8, length & 255];
}

/** Makes an encoding tag by tag; tag numbers below 15. */
export class TagWriter {
  readonly #bytes: number[] = [];

  tag(number: number, isContext: boolean, content: Uint8Array): this {
    this.#bytes.push(...head(number, isContext, content.length), ...content);
    return this;
  }

  context(number: number, content: Uint8Array): this {
    return this.tag(number, true, content);
  }

  unsigned(number: number, value: number): this {
    return this.context(number, bytesOfUnsigned(value));
  }

  /** The truth of an application boolean stands where a length would. */
  boolean(value: boolean): this {
    this.#bytes.push((booleanTag << 4) | (value ? 1 : 0));
    return this;
  }

  open(number: number): this {
    this.#bytes.push((number << 4) | 14);
    return this;
  }

  close(number: number): this {
    this.#bytes.push((number << 4) | 15);
    return this;
  }

  raw(bytes: Uint8Array): this {
    this.#bytes.push(...bytes);
    return this;
  }

  done(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}
