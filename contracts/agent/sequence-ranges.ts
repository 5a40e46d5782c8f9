/** Both ends belong to it. */
export type SequenceRange = readonly [from: number, to: number];

/**
 * A set of whole numbers kept as its runs: what of a numbered log has been committed. Runs that touch are one, so a
 * log that was sent without a gap is a single run however long it is.
 */
export class SequenceRanges {
  readonly #runs: [number, number][];

  /** `runs`: in any order, may overlap. */
  constructor(runs: Iterable<SequenceRange> = []) {
    this.#runs = [];
    for (const [from, to] of runs) this.add(from, to);
  }

  get size(): number {
    return this.#runs.length;
  }

  /** The highest number in it; 0 when it is empty. */
  get last(): number {
    return this.#runs.at(-1)?.[1] ?? 0;
  }

  add(from: number, to: number): void {
    if (to < from) return;
    const runs = this.#runs;
    const start = this.#firstEndingAt(from - 1);
    let end = start;
    let [low, high] = [from, to];
    for (let run = runs[end]; run !== undefined && run[0] <= to + 1; run = runs[++end]) {
      low = Math.min(low, run[0]);
      high = Math.max(high, run[1]);
    }
    runs.splice(start, end - start, [low, high]);
  }

  has(sequence: number): boolean {
    const run = this.#runs[this.#firstEndingAt(sequence)];
    return run !== undefined && run[0] <= sequence;
  }

  /** What of `from … to` is not in it, in order; empty = no gap. */
  missing(from: number, to: number): SequenceRange[] {
    const gaps: SequenceRange[] = [];
    let next = from;
    for (let at = this.#firstEndingAt(from); next <= to; at++) {
      const run = this.#runs[at];
      if (run === undefined || run[0] > to) break;
      if (run[0] > next) gaps.push([next, run[0] - 1]);
      next = Math.max(next, run[1] + 1);
    }
    if (next <= to) gaps.push([next, to]);
    return gaps;
  }

  /** The first number from `from` on that is not in it. */
  nextMissing(from: number): number {
    const run = this.#runs[this.#firstEndingAt(from)];
    return run !== undefined && run[0] <= from ? run[1] + 1 : from;
  }

  runs(): SequenceRange[] {
    return this.#runs.map(([from, to]) => [from, to]);
  }

  /** Index of the first run that ends at `sequence` or later. */
  #firstEndingAt(sequence: number): number {
    let [low, high] = [0, this.#runs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#runs[middle]?.[1] ?? 0) < sequence) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
