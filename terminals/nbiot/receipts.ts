import type { Clock } from '@keystead/kernel/base';

/** Longer than a cloud goes on trying (OneNET: 16 times in 2 h 45 min), ms. */
const kept = 3 * 3600_000;
/** Pushes remembered; the oldest are forgotten first. */
const most = 50_000;

/**
 * A push that comes again is not taken again, and one that comes while the first is still being taken waits for that
 * one's end. What failed is forgotten at once: the next try counts.
 */
export class Receipts {
  readonly #clock: Clock;
  readonly #taken = new Map<string, number>();
  readonly #running = new Map<string, Promise<void>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves with `true` when it was taken now, `false` when it had been before. */
  async once(id: string, work: () => Promise<void>): Promise<boolean> {
    const now = this.#clock.now().getTime();
    this.#forget(now);
    if (this.#taken.has(id)) return false;
    const running = this.#running.get(id);
    if (running) {
      await running;
      return false;
    }
    const mine = work();
    this.#running.set(id, mine);
    try {
      await mine;
      this.#taken.set(id, now);
      return true;
    } finally {
      this.#running.delete(id);
    }
  }

  /** In the order they came, so the oldest stand first. */
  #forget(now: number): void {
    for (const [id, at] of this.#taken) {
      if (now - at < kept && this.#taken.size < most) return;
      this.#taken.delete(id);
    }
  }
}
