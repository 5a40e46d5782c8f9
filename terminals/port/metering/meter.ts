import type { Refusal } from '../refusal.ts';
import type { PastEntry, Periods } from './past-walk.ts';
import type { Talk } from './talk.ts';

/** What one meter told in one reading. */
export interface MeterReading {
  readonly values: Record<string, unknown>;
  /** What its own clock showed, and when it did; ms since 1970. Absent = it has none or does not tell. */
  readonly clock?: { readonly shown: number; readonly at: number };
  readonly refused?: readonly Refusal[];
}

/** Frozen values a meter keeps. */
export interface PastRecords {
  readonly periods: Periods;
  /** The freeze of that number, 1 = the newest; undefined = it holds no such one. */
  entry(talk: Talk, number: number): Promise<PastEntry | undefined>;
}

export interface MeterAnswer {
  readonly reply: unknown;
  /** What was read on the way, for the platform. */
  readonly reading?: MeterReading;
}

/** One meter on a line, in the words of its protocol. Everything rejects with `DeviceSilent` or `DeviceRefused`. */
export interface Meter {
  read(talk: Talk): Promise<MeterReading>;
  /** Sets its clock to `talk.now()`; `drift`: seconds it was ahead. Absent = this meter's clock cannot be set. */
  setClock?(talk: Talk, drift: number): Promise<void>;
  readonly past?: PastRecords;
  /** Rejects with `MethodUnknown` for what this meter cannot do, with `InputInvalid` for parameters of a wrong form. */
  call(talk: Talk, method: string, params: unknown): Promise<MeterAnswer>;
}
