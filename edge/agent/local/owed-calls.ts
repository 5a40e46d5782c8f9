import type { LocalCall } from '@keystead/contracts/agent';

/** A call of a local scene that was begun. */
export interface OwedCall {
  call: LocalCall;
  /** What it answers: names of the scene, the rule and the device. */
  about: Record<string, unknown>;
  /** ms since 1970. */
  since: number;
}

/** What is older says nothing of now. */
const longestMs = 10 * 60_000;
const most = 1_000;

/**
 * Calls of local scenes whose end is not on disk yet. They are kept with the alarms, so that a process that is killed
 * between a fire and its sounder leaves the sounder to the next one: at least once, never not at all.
 */
export class OwedCalls {
  readonly #begun = new Set<OwedCall>();
  #left: readonly OwedCall[];

  constructor(kept: readonly OwedCall[] = []) {
    this.#left = kept;
  }

  /** Everything that has to be kept. */
  list(): OwedCall[] {
    return [...this.#left, ...this.#begun].slice(-most);
  }

  begin(call: OwedCall): void {
    this.#begun.add(call);
  }

  end(call: OwedCall): void {
    this.#begun.delete(call);
  }

  /** Those an earlier process left, once; `now`: ms. */
  takeLeft(now: number): OwedCall[] {
    const left = this.#left.filter(({ since }) => Math.abs(now - since) <= longestMs);
    this.#left = [];
    return left;
  }
}
