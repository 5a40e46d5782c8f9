/** Requests to a node double their distance up to this many times the first one. */
const longest = 64;

interface Asked {
  at: number;
  times: number;
}

/**
 * When a node may be asked for a new birth. A node that is always in doubt (it numbers wrongly, it announces nothing)
 * is asked ever more rarely; one that was quiet for long begins anew.
 */
export class Rebirths {
  readonly #pause: number;
  readonly #asked = new Map<string, Asked>();

  /** ms between the first two requests. */
  constructor(pause: number) {
    this.#pause = pause;
  }

  /** How long to wait at `now` (ms of a clock that only goes on) until it may be asked; 0 = now, and it counts as asked. */
  wait(node: string, now: number): number {
    const before = this.#asked.get(node);
    if (!before || now - before.at >= this.#pause * longest * 2) {
      this.#asked.set(node, { at: now, times: 0 });
      return 0;
    }
    const left = before.at + this.#pause * Math.min(longest, 2 ** before.times) - now;
    if (left > 0) return left;
    this.#asked.set(node, { at: now, times: before.times + 1 });
    return 0;
  }
}
