import type { Limit, Reading } from './judge.ts';

/** Something of the platform's own that is looked at every few seconds. */
export interface Probe {
  /** Stable kebab-case name; `source` of the event `system.troubled.v1`. */
  source: string;
  /** Unit of its value: `%`, `ms`, `s`, `count`, `days`, `h`. */
  unit: string;
  /** Limits unless an operator set others. */
  usual: Limit;
  /** Reads the value; what it throws is told as trouble. */
  read(): Promise<Reading>;
}

/** A limit with the usual patience: told well within a minute, and not for a moment's peak. */
export const limit = (troubled: number, well: number, more: Partial<Limit> = {}): Limit => ({
  troubled,
  well,
  forSeconds: 20,
  severity: 2,
  on: true,
  ...more,
});
