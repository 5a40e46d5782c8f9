import type { AttributeSet } from './driver.ts';

/** A device that speaks on a line and that nobody has configured there: somebody may admit it. */
export interface Candidate {
  /** How the device calls itself, for people. */
  title: string;
  /** What would stand in the configuration as `at` to have it. */
  at: Record<string, unknown>;
  /** Maker, model and the like. */
  about?: Record<string, unknown>;
}

const titleMost = 80;
/** Bytes of the list as it is told; the platform keeps no longer attribute. */
const bytesMost = 15_000;

/**
 * Devices of strangers on one line, the newest `most` (at most 100). They are told as the attribute
 * `candidates.<line>` of whoever runs the line; nothing they say is taken until somebody admits them.
 */
export class Candidates {
  readonly #line: string;
  readonly #most: number;
  readonly #byAddress = new Map<string, Candidate>();

  constructor(line: string, most = 100) {
    this.#line = line;
    this.#most = most;
  }

  /** True when there is something new to tell. `address`: unique on the line. */
  seen(address: string, candidate: Candidate): boolean {
    const known = this.#byAddress.get(address);
    const one = { ...candidate, title: candidate.title.slice(0, titleMost) };
    if (known && JSON.stringify(known) === JSON.stringify(one)) return false;
    if (!known && this.#byAddress.size >= this.#most) {
      const oldest = this.#byAddress.keys().next();
      if (!oldest.done) this.#byAddress.delete(oldest.value);
    }
    this.#byAddress.set(address, one);
    return true;
  }

  gone(address: string): boolean {
    return this.#byAddress.delete(address);
  }

  /** The newest of them, as many as there is room for. */
  get list(): Candidate[] {
    let left = bytesMost;
    return [...this.#byAddress.values()]
      .reverse()
      .filter((one) => {
        left -= Buffer.byteLength(JSON.stringify(one)) + 1;
        return left >= 0;
      })
      .reverse();
  }

  /** Of the sender itself: a set without a device. */
  set(): AttributeSet {
    return { values: { [`candidates.${this.#line}`]: this.list } };
  }
}
