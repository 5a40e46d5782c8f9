import type { Value } from './syntax.ts';

/** A reading as telemetry keeps it: booleans may be 0/1, enums are positions; undefined, null and NaN are missing. */
export type Reading = number | string | boolean | null | undefined;

/** The last values of one subject by slot. Times are event times in µs since 1970; undefined = never. */
export interface ReadingsLookup {
  value(slot: number): Reading;
  time(slot: number): number | undefined;
  previous(slot: number): Reading;
  previousTime(slot: number): number | undefined;
}

/** All an evaluation may depend on: nothing else is read, so the same context gives the same value. */
export interface ExpressionContext {
  /** The moment of the evaluation, µs since 1970. */
  readonly time: number;
  readonly readings: ReadingsLookup;
  /** Id of the device event this message carries. */
  readonly event?: string;
}

export type Evaluate = (context: ExpressionContext) => Value;
