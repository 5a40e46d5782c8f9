import type { Scope } from '@keystead/contracts/access';
import type { sql } from '@keystead/kernel/db';

export const domains = ['house', 'tenant', 'fee', 'repair', 'energy', 'warning'] as const;
export type Domain = (typeof domains)[number];
export const units = ['home', 'lease', 'fen', 'case', 'watt-hour', 'ratio', 'second', 'day', 'warning'] as const;
export type Unit = (typeof units)[number];
/** count and sum: the numerator; rate and mean: numerator by denominator. */
export const shapes = ['count', 'sum', 'rate', 'mean'] as const;
export type Shape = (typeof shapes)[number];
/** `moment`: as it stood at the cut-off; `month`: of the month the cut-off lies in, up to it. */
export type Span = 'moment' | 'month';

/** SQL that yields rows of one grain, with columns that several measures count by. */
export type Source = (window: Window) => ReturnType<typeof sql<unknown>>;

/** Which rows of the source (alias `r`) are counted, and with what: SQL over its columns, written here and nowhere else. */
export interface Counting {
  readonly among: string;
  readonly num: string;
  readonly den: string;
}

/** What is counted: whose, below which place, from when (the month's beginning) up to and with which instant. */
export interface Window {
  readonly scope: Scope;
  /** Path of a place; '' = everything in scope. */
  readonly under: string;
  readonly from: Date;
  readonly at: Date;
  /** `2026-06`, of `at` on the local calendar. */
  readonly month: string;
}

export interface Words {
  readonly zh: string;
  readonly en: string;
}

/**
 * One definition of one version. A figure is the sum over the counted rows of its source, and the drill-down lists these very
 * rows. Another formula is another version: what was frozen keeps the version it was made with.
 */
export interface Measure {
  readonly id: string;
  readonly version: number;
  readonly domain: Domain;
  readonly name: Words;
  readonly formula: Words;
  readonly unit: Unit;
  readonly shape: Shape;
  readonly span: Span;
  /** What a row is: house, lease, charge, case, alarm, usage, turnover. */
  readonly grain: string;
  readonly dimensions: readonly string[];
  readonly owner: string;
  /** Published views it reads. */
  readonly sources: readonly string[];
  readonly source: Source;
  readonly counting: Counting;
}

export interface Sums {
  num: number;
  den: number;
  rows: number;
}

export const nothing = (): Sums => ({ num: 0, den: 0, rows: 0 });

export function add(into: Sums, more: Sums): Sums {
  into.num += more.num;
  into.den += more.den;
  into.rows += more.rows;
  return into;
}

/** The figure of sums; null when there is nothing to divide by. */
export const valueIn = (shape: Shape, { num, den }: Pick<Sums, 'num' | 'den'>): number | null =>
  shape === 'count' || shape === 'sum' ? num : den === 0 ? null : num / den;
