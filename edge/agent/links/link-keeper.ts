/** How long a way is watched before it is trusted, ms. */
export interface LinkPolicy {
  /** Between two looks at the preferred way while another one is used. */
  probe: number;
  /** The preferred way must have been good for so long before it is used again. */
  proven: number;
  /** Each time it breaks soon after the return it must prove itself twice as long, up to this. */
  longest: number;
}

export const platformPolicy: LinkPolicy = { probe: 5_000, proven: 60_000, longest: 3_600_000 };

/**
 * Which of several ways is used: another one at once when the present one is lost, and the preferred one (the first)
 * again when it has proven itself, so that a way that comes and goes does not drag the traffic to and fro (H-7.3-0-2,
 * I-5.3.2-2). Pure: told what happened and when, it says what to do; `now` is ms of a clock that only goes on.
 */
export class LinkKeeper {
  readonly #ways: number;
  readonly #policy: LinkPolicy;
  #way = 0;
  #proof: number;
  #goodSince: number | undefined;
  #probedAt = Number.NEGATIVE_INFINITY;
  #returnedAt: number | undefined;

  /** `ways`: how many there are, the preferred first. */
  constructor(ways: number, policy: LinkPolicy) {
    this.#ways = Math.max(1, ways);
    this.#policy = policy;
    this.#proof = policy.proven;
  }

  /** Index of the way to use. */
  get way(): number {
    return this.#way;
  }

  /** How long the preferred way must be good before it is used again, ms. */
  get proof(): number {
    return this.#proof;
  }

  /** The present way broke, or could not be had: the next one is tried. */
  lost(now: number): void {
    if (this.#way === 0 && this.#returnedAt !== undefined) {
      const { longest, proven } = this.#policy;
      const lasted = now - this.#returnedAt;
      this.#proof = lasted < this.#proof ? Math.min(longest, this.#proof * 2) : proven;
      this.#returnedAt = undefined;
    }
    this.#way = (this.#way + 1) % this.#ways;
    this.#goodSince = undefined;
    this.#probedAt = now;
  }

  /** True when it is time to look whether the preferred way would carry again. */
  wantsProbe(now: number): boolean {
    if (this.#way === 0 || now - this.#probedAt < this.#policy.probe) return false;
    this.#probedAt = now;
    return true;
  }

  /** What a look at the preferred way found. One that fails begins the proof anew. */
  probed(good: boolean, now: number): void {
    if (!good) this.#goodSince = undefined;
    else this.#goodSince ??= now;
  }

  /** True, and the preferred way is the present one again, when it has been good for long enough. */
  returns(now: number): boolean {
    if (this.#way === 0 || this.#goodSince === undefined || now - this.#goodSince < this.#proof) return false;
    this.#way = 0;
    this.#goodSince = undefined;
    this.#returnedAt = now;
    return true;
  }
}
