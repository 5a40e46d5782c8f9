/** How frames of one protocol are told from the bytes around them. */
export interface FrameForm {
  /** Bytes of the longest frame there can be. */
  readonly longest: number;
  /**
   * Length of the frame that begins at `at` as far as its head says; 0 = too little of it is here to tell; -1 = no
   * frame begins here.
   */
  measure(bytes: Uint8Array, at: number): number;
  /** Whether a frame of the measured length is whole: its end and its checksum are right. */
  sound(frame: Uint8Array): boolean;
}

export interface Scanned {
  /** `damaged`: it has the head of a frame, but its end or its checksum is wrong, or it was cut off. */
  readonly kind: 'frame' | 'damaged';
  readonly bytes: Uint8Array;
}

/**
 * Finds frames in a stream of bytes: half ones wait for their rest, glued ones are parted, noise is passed over, and
 * after damage the search goes on one byte further, so that a frame hidden behind a false head is still found.
 * Never keeps more than two longest frames.
 */
export class FrameScanner {
  readonly #form: FrameForm;
  #kept: Uint8Array = new Uint8Array(0);

  constructor(form: FrameForm) {
    this.#form = form;
  }

  /** Bytes that wait for more. */
  get waiting(): number {
    return this.#kept.length;
  }

  /** At most 64 KiB at once; more is cut into such parts by the caller's stream. */
  push(part: Uint8Array): Scanned[] {
    const found: Scanned[] = [];
    const step = this.#form.longest;
    for (let from = 0; from < part.length; from += step) {
      const next = part.subarray(from, from + step);
      const joined = new Uint8Array(this.#kept.length + next.length);
      joined.set(this.#kept);
      joined.set(next, this.#kept.length);
      this.#kept = this.#scan(joined, found, false);
    }
    return found;
  }

  /** Says that the line has gone quiet: what waits for more will get none, and is searched as it is. */
  flush(): Scanned[] {
    const found: Scanned[] = [];
    this.#scan(this.#kept, found, true);
    this.#kept = new Uint8Array(0);
    return found;
  }

  clear(): void {
    this.#kept = new Uint8Array(0);
  }

  #scan(bytes: Uint8Array, found: Scanned[], over: boolean): Uint8Array {
    let at = 0;
    while (at < bytes.length) {
      const length = this.#form.measure(bytes, at);
      if (length < 0) {
        at++;
        continue;
      }
      if (length === 0 || at + length > bytes.length) {
        if (!over) return bytes.slice(at);
        if (length > 0) found.push({ kind: 'damaged', bytes: bytes.slice(at) });
        at++;
        continue;
      }
      const frame = bytes.slice(at, at + length);
      const sound = this.#form.sound(frame);
      found.push({ kind: sound ? 'frame' : 'damaged', bytes: frame });
      at += sound ? length : 1;
    }
    return new Uint8Array(0);
  }
}

/** The sum of the bytes from `start` up to `end`, modulo 256: the checksum of both meter standards. */
export function byteSum(bytes: Uint8Array, start: number, end: number): number {
  let sum = 0;
  for (let at = start; at < end; at++) sum += bytes[at] ?? 0;
  return sum & 0xff;
}
