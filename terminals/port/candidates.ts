import type { ChannelHost } from './channel.ts';
import type { AttributeSet } from './driver.ts';
import { fitting } from './fitting.ts';

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
  /** What was told last could not be kept. */
  #isUntold = false;

  constructor(line: string, most = 100) {
    this.#line = line;
    this.#most = most;
  }

  /** True when there is something new to tell. `address`: unique on the line. */
  seen(address: string, candidate: Candidate): boolean {
    const known = this.#byAddress.get(address);
    const one = { ...candidate, title: candidate.title.slice(0, titleMost) };
    if (known && JSON.stringify(known) === JSON.stringify(one)) return this.#isUntold;
    if (!known && this.#byAddress.size >= this.#most) {
      const oldest = this.#byAddress.keys().next();
      if (!oldest.done) this.#byAddress.delete(oldest.value);
    }
    this.#byAddress.set(address, one);
    return true;
  }

  has(address: string): boolean {
    return this.#byAddress.has(address);
  }

  gone(address: string): boolean {
    return this.#byAddress.delete(address);
  }

  /** The newest of them, as many as there is room for. */
  get list(): Candidate[] {
    return fitting([...this.#byAddress.values()].reverse(), bytesMost).reverse();
  }

  /** Of the sender itself: a set without a device. */
  set(): AttributeSet {
    return { values: { [`candidates.${this.#line}`]: this.list } };
  }

  /**
   * Tells the list as it is now; a line that begins does so too, for those of its last run may be admitted by now. What
   * cannot be kept is told with the next change.
   */
  async tell(host: ChannelHost): Promise<void> {
    try {
      await host.take({ kind: 'attributes', sets: [this.set()] });
      this.#isUntold = false;
    } catch (err) {
      this.#isUntold = true;
      host.log.warn({ err, line: this.#line }, 'candidates not told');
    }
  }
}
