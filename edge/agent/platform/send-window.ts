/** How much is sent ahead of its acknowledgement, and in how large messages. */
export interface Parameters {
  /** Bytes under way. */
  window: number;
  /** Bytes of one message. */
  message: number;
  mode: 'wide' | 'narrow';
}

export interface ParameterChange {
  from: Parameters;
  to: Parameters;
  reason: 'slow' | 'breaks' | 'recovered';
}

const least = 16 * 1024;
const most = 4 * 1024 * 1024;
const wideMessage = 56 * 1024;
const narrowMessage = 4 * 1024;
/** An acknowledgement that takes longer means the line is full: what is urgent would wait as long. */
const slowMs = 2_000;
const quickMs = 500;
const breakWindowMs = 60_000;
const breaksOfABadLine = 3;
/** Quick acknowledgements in a row after which a bad line is taken for a good one again. */
const recovery = 50;

/**
 * Fits the amount under way to the line: more while acknowledgements are quick, half when they are slow; small messages
 * on a line that breaks again and again, so that less is sent twice (I-5.3.2-2).
 */
export class SendWindow {
  #now: Parameters = { window: 128 * 1024, message: wideMessage, mode: 'wide' };
  #breaks: number[] = [];
  #quick = 0;
  #halvedAt = Number.NEGATIVE_INFINITY;

  get parameters(): Parameters {
    return this.#now;
  }

  /** `ms` from sending to acknowledgement, `at` of a clock that only goes on; both ms. */
  acknowledged(bytes: number, ms: number, at: number): ParameterChange | undefined {
    if (ms > slowMs) {
      this.#quick = 0;
      // What was sent before the last halving says nothing about it.
      if (at - ms < this.#halvedAt) return undefined;
      this.#halvedAt = at;
      const window = Math.max(least, this.#now.window / 2);
      this.#now = { ...this.#now, window };
      return window === least ? this.#turn('narrow', 'slow') : undefined;
    }
    if (ms > quickMs) return undefined;
    this.#quick++;
    this.#now = { ...this.#now, window: Math.min(most, this.#now.window + bytes) };
    const calm = this.#breaks.every((time) => at - time > breakWindowMs);
    return this.#quick >= recovery && calm ? this.#turn('wide', 'recovered') : undefined;
  }

  /** The connection was lost. */
  broken(at: number): ParameterChange | undefined {
    this.#quick = 0;
    this.#breaks = [...this.#breaks, at].filter((time) => at - time <= breakWindowMs);
    this.#now = { ...this.#now, window: Math.max(least, Math.min(this.#now.window, 128 * 1024)) };
    return this.#breaks.length >= breaksOfABadLine ? this.#turn('narrow', 'breaks') : undefined;
  }

  #turn(mode: Parameters['mode'], reason: ParameterChange['reason']): ParameterChange | undefined {
    if (this.#now.mode === mode) return undefined;
    const from = this.#now;
    this.#now = { ...from, mode, message: mode === 'wide' ? wideMessage : narrowMessage };
    return { from, to: this.#now, reason };
  }
}
