/** What is kept of simulated time over a restart: it is never behind what devices have already said. */
export interface KeptTime {
  /** ms simulated time may be ahead of real time. */
  ahead: number;
}

const reserve = 60_000; // ms of real time for which the kept mark holds

/**
 * Simulated time runs `speed` times as fast as real time and never back: a meter that was played fast would fall
 * otherwise. At speed 1 it is real time. Events carry real time; only rhythms and rates follow this clock.
 */
export class SimulatedClock {
  readonly speed: number;
  readonly #real: () => number;
  readonly #begun: number;
  readonly #ahead: number;

  constructor(speed: number, kept: KeptTime, real: () => number = Date.now) {
    this.speed = speed;
    this.#real = real;
    this.#begun = real();
    this.#ahead = kept.ahead;
  }

  /** Real time, ms since 1970: the event time of what is said. */
  real(): number {
    return this.#real();
  }

  /** Simulated time, ms since 1970: by it people get up and meters turn. */
  now(): number {
    const passed = this.#real() - this.#begun;
    return this.#begun + this.#ahead + passed * this.speed;
  }

  /** Simulated time a past real moment is taken for, so that back-filled history meets what follows. */
  at(real: number): number {
    return real >= this.#begun ? this.#begun + this.#ahead + (real - this.#begun) * this.speed : real + this.#ahead;
  }

  /** Real ms until simulated time `at`; Infinity when time stands still. */
  until(at: number): number {
    return this.speed === 0 ? Number.POSITIVE_INFINITY : Math.max(0, (at - this.now()) / this.speed);
  }

  /** The mark to keep now, good for the next minute: after a crash time goes on ahead of it, not behind. */
  mark(): KeptTime {
    return { ahead: Math.max(0, this.now() - this.real() + Math.max(0, this.speed - 1) * reserve) };
  }
}
