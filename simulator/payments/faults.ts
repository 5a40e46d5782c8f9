/** What a request is about. */
export type Operation = 'place' | 'query' | 'close' | 'refund' | 'statement';

/** Misbehaviour to come, each so many times. */
export interface Faults {
  /** No answer; `after`: what was asked is done all the same. */
  silent?: { operation: Operation; times: number; after: boolean };
  /** Answers signed by nobody's key. */
  forged?: number;
  /** Refunds are refused. */
  poor?: number;
}

export class Misbehaviour {
  faults: Faults = {};

  /** Whether this request is to stay without an answer, and whether it is done before. */
  silence(operation: Operation): 'before' | 'after' | undefined {
    const { silent } = this.faults;
    if (!silent || silent.operation !== operation || silent.times <= 0) return undefined;
    silent.times -= 1;
    return silent.after ? 'after' : 'before';
  }

  take(name: 'forged' | 'poor'): boolean {
    const left = this.faults[name] ?? 0;
    this.faults[name] = Math.max(0, left - 1);
    return left > 0;
  }
}
