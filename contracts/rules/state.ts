import type { Value } from '@keystead/contracts/expression';
import type { Severity } from './schema.ts';

/** 1 true, 0 false, -1 unknown. */
export type Truth = 1 | 0 | -1;

/**
 * What a rule remembers of one thing; plain JSON. All times are event times in µs since 1970. A rule that has nothing
 * to remember has no state (`undefined`).
 */
export interface RuleState {
  /** When this state last changed. Messages older than this count as if they came at this time. */
  readonly time: number;
  /** Severity of the open alarm; 0 = none is open. */
  readonly severity: Severity | 0;
  /** Of each level, in the order of the rule: how its condition stood. */
  readonly truth: readonly Truth[];
  /** How the clear condition stood; -1 for a rule without one. */
  readonly clear: Truth;
  /** Since when each level has been true without a break inside the schedule; null = it is not. */
  readonly since: readonly (number | null)[];
  /** Of each level with `count`: the last evaluations as bits, the newest lowest. */
  readonly recent: readonly number[];
  /** Since when the clear condition has held; null = it does not. */
  readonly clearSince: number | null;
  /** Since when only a lower severity has held. */
  readonly lowerSince: number | null;
  /** Before this nothing is raised again. */
  readonly silentUntil: number | null;
  /** True after a person ended the alarm while its condition still held: it must end before it can raise again. */
  readonly waiting: boolean;
  /** Values of the rule's properties at the last message that changed anything. */
  readonly values: Readonly<Record<string, Value>>;
}

export type FindingKind = 'raised' | 'occurrence' | 'escalated' | 'deescalated' | 'cleared';

/** What the store of alarms has to do, in order of time. */
export interface Finding {
  readonly kind: FindingKind;
  /** Severity from now on; of `cleared` the last one. */
  readonly severity: Severity;
  /** Event time, µs: of the message, or the exact moment at which a time of the rule ran out. */
  readonly time: number;
  /** Values that caused it. For a time that ran out: those of the message that started it. */
  readonly values: Readonly<Record<string, Value>>;
  /** True when a person ended the alarm. */
  readonly byHand?: boolean;
}

export interface Outcome {
  /** The same object as before when nothing is to be stored. */
  readonly state: RuleState | undefined;
  readonly findings: readonly Finding[];
  /** Call `wake` then, unless a message comes before; undefined = no time is running. µs since 1970. */
  readonly wakeAt: number | undefined;
}
