import type { Clock, Log } from '@keystead/kernel/base';

/** One comparison with the centre: what its clock said, and how long the answer took. */
export interface Comparison {
  /** ms since 1970 by the own clock when the question left. */
  asked: number;
  /** ms since 1970 by the centre's clock. */
  answered: number;
  /** ms the answer took. */
  took: number;
}

/** µs to add to the own clock; the quickest answer counts, half its time is taken for the way back. */
export function offsetOf(comparisons: readonly Comparison[]): { offset: number; doubt: number } | undefined {
  const best = comparisons.reduce<Comparison | undefined>(
    (quickest, each) => (quickest === undefined || each.took < quickest.took ? each : quickest),
    undefined,
  );
  if (best === undefined) return undefined;
  return { offset: Math.round((best.answered - (best.asked + best.took / 2)) * 1000), doubt: (best.took / 2) * 1000 };
}

/** Where stretches of the clock and their offsets are kept. */
export interface EpochStore {
  readonly offset: number | undefined;
  newEpoch(offset?: number): Promise<void>;
  fixOffset(offset: number): Promise<void>;
}

/** A clock that moves by more than this against the monotonic one has jumped, ms. */
const jumpMs = 1_000;
/** An offset that differs by less is the same, µs: a step that small is no worse than the measurement. */
const toleranceMicros = 250_000;
const tries = 4;

/**
 * Knows how the own clock stands to the centre's (H-7.1). The own clock is never set: records keep its time, and the
 * offset of their stretch is added on the way. A jump begins a new stretch, whose offset follows from the one before.
 */
export class ClockKeeper {
  readonly #clock: Clock;
  readonly #epochs: EpochStore;
  readonly #log: Log;
  readonly #monotonic: () => number;
  #reference: number;
  /** Called with the size of a jump in ms. */
  onJump: (ms: number) => void = () => {};

  constructor(clock: Clock, epochs: EpochStore, log: Log, monotonic: () => number = () => performance.now()) {
    this.#clock = clock;
    this.#epochs = epochs;
    this.#log = log;
    this.#monotonic = monotonic;
    this.#reference = clock.now().getTime() - monotonic();
  }

  /** ms since 1970 by the centre's clock, as far as it is known. */
  now(): number {
    return this.#clock.now().getTime() + (this.#epochs.offset ?? 0) / 1000;
  }

  /** Looks for a jump; called each second. */
  async look(): Promise<void> {
    const reference = this.#clock.now().getTime() - this.#monotonic();
    const jump = reference - this.#reference;
    this.#reference = reference;
    if (Math.abs(jump) < jumpMs) return;
    const { offset } = this.#epochs;
    this.#log.warn({ ms: jump }, 'the clock jumped');
    await this.#epochs.newEpoch(offset === undefined ? undefined : offset - jump * 1000);
    this.onJump(jump);
  }

  /** Compares with the centre; `ask` answers its time in ms. False = it could not be asked. */
  async compare(ask: () => Promise<number>): Promise<boolean> {
    await this.look();
    const comparisons: Comparison[] = [];
    for (let i = 0; i < tries; i++) {
      const asked = this.#clock.now().getTime();
      const began = this.#monotonic();
      try {
        const answered = await ask();
        comparisons.push({ asked, answered, took: this.#monotonic() - began });
      } catch (cause) {
        this.#log.warn({ err: cause }, 'clock not compared');
        break;
      }
    }
    const measured = offsetOf(comparisons);
    if (measured === undefined) return false;
    const known = this.#epochs.offset;
    if (known === undefined) await this.#epochs.fixOffset(small(measured.offset, measured.doubt));
    else if (Math.abs(measured.offset - known) > toleranceMicros + measured.doubt) {
      this.#log.warn({ from: known, to: measured.offset }, 'the clock has drifted');
      await this.#epochs.newEpoch(measured.offset);
    }
    return true;
  }
}

/** An offset smaller than what the measurement can tell is none. */
const small = (offset: number, doubt: number): number => (Math.abs(offset) <= doubt + 1_000 ? 0 : offset);
