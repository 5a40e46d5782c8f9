/** The bits of one scan: byte stuffing taken out; after the scan's end come zeros, and `exhausted` says so. */
export class Bits {
  readonly #bytes: Uint8Array;
  #at: number;
  #held = 0;
  #count = 0;
  #ended = false;
  #padding = 0;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  #fill(): void {
    while (this.#count <= 16) {
      let byte = 0;
      if (!this.#ended) {
        byte = this.#bytes[this.#at] ?? 0xff;
        if (byte !== 0xff) this.#at++;
        else if (this.#bytes[this.#at + 1] === 0) this.#at += 2;
        else {
          this.#ended = true;
          byte = 0;
        }
      }
      if (this.#ended) this.#padding += 8;
      this.#held = ((this.#held << 8) | byte) & 0xff_ffff;
      this.#count += 8;
    }
  }

  /** The next symbol by a table of `huffman.ts`; -1 = no such code. */
  symbol(table: Uint16Array): number {
    this.#fill();
    const found = table[(this.#held >> (this.#count - 16)) & 0xffff] ?? 0;
    if (found === 0) return -1;
    this.#count -= found >> 8;
    return found & 0xff;
  }

  /** A signed number of that many bits (at most 16), as JPEG writes them. */
  signed(length: number): number {
    if (length === 0) return 0;
    this.#fill();
    this.#count -= length;
    const value = (this.#held >> this.#count) & ((1 << length) - 1);
    return value < 1 << (length - 1) ? value - (1 << length) + 1 : value;
  }

  skip(length: number): void {
    if (length === 0) return;
    this.#fill();
    this.#count -= length;
  }

  /** Bits were asked for that are not there. */
  get exhausted(): boolean {
    return this.#padding > this.#count;
  }

  /** Goes on behind the next restart marker; false when another marker or the end comes first. */
  restart(): boolean {
    let at = this.#at;
    while (at + 1 < this.#bytes.length) {
      const marker = this.#bytes[at + 1] ?? 0;
      if (this.#bytes[at] === 0xff && marker !== 0 && marker !== 0xff) {
        if (marker < 0xd0 || marker > 0xd7) return false;
        this.#at = at + 2;
        this.#held = this.#count = this.#padding = 0;
        this.#ended = false;
        return true;
      }
      at++;
    }
    return false;
  }
}
