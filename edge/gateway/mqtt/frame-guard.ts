/**
 * Follows the fixed headers of an MQTT byte stream, so that an oversized packet is found by its announced length
 * before it is held in memory (a parser would gather up to 256 MB). Looks at a few bytes a packet, copies nothing.
 */
export class FrameGuard {
  readonly #most: number;
  /** Bytes of the current packet's body still to come; -1 = in the fixed header. */
  #left = -1;
  #inLength = false;
  #length = 0;
  #shift = 0;
  /** Whole packets seen so far. */
  packets = 0;
  #kind = 0;

  /** `most`: bytes a packet may have after its fixed header. */
  constructor(most: number) {
    this.#most = most;
  }

  /** The last packet that began was DISCONNECT. */
  get saidFarewell(): boolean {
    return this.#kind === 14;
  }

  /** False when a packet in the chunk announces more than allowed, or a length no packet can have. */
  admit(chunk: Uint8Array): boolean {
    let at = 0;
    while (at < chunk.length) {
      if (this.#left >= 0) {
        const step = Math.min(this.#left, chunk.length - at);
        at += step;
        this.#left -= step;
        if (this.#left === 0) this.#end();
        continue;
      }
      const byte = chunk[at++] as number;
      if (!this.#inLength) {
        this.#inLength = true;
        this.#kind = byte >> 4;
        this.#length = 0;
        this.#shift = 0;
        continue;
      }
      this.#length += (byte & 0x7f) * 2 ** this.#shift;
      this.#shift += 7;
      if (this.#length > this.#most || this.#shift > 28) return false;
      if (byte < 0x80) {
        this.#inLength = false;
        if (this.#length === 0) this.#end();
        else this.#left = this.#length;
      } else if (this.#shift === 28) return false;
    }
    return true;
  }

  #end(): void {
    this.#left = -1;
    this.packets++;
  }
}
