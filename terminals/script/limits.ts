/** What one run of a script may use. */
export interface ScriptLimits {
  /** Time of the processor a script may use, ms; the engine ends it. */
  time: number;
  /** Time of the clock after which the thread itself is ended, when the engine did not notice, ms. */
  hard: number;
  /** Heap of one run, bytes. */
  memory: number;
  /** Bytes of stack. */
  stack: number;
  /** Characters of source text. */
  source: number;
  /** Bytes of one payload, or of a stream to cut. */
  input: number;
  /** Characters of JSON in either direction. */
  output: number;
  /** Nesting of what a script returns. */
  depth: number;
  /** Runs that wait. */
  waiting: number;
  /** A script cut so often in a row is not run for `rest` ms. */
  cuts: number;
  rest: number;
}

export const scriptLimits: ScriptLimits = {
  time: 50,
  hard: 1_000,
  memory: 8 * 1024 * 1024,
  stack: 128 * 1024,
  source: 128 * 1024,
  input: 64 * 1024,
  output: 64 * 1024,
  depth: 16,
  waiting: 1_000,
  cuts: 5,
  rest: 30_000,
};
