import { problem } from '@keystead/contracts/problem';

export type Severity = 1 | 2 | 3 | 4;
/** Decided by the rule. */
export type Condition = 'active' | 'cleared';
/** Decided by people. */
export type Handling = 'new' | 'acknowledged' | 'handling' | 'resolved' | 'reviewed' | 'closed';
export type AlarmStep = 'acknowledge' | 'handle' | 'resolve' | 'review' | 'close' | 'reopen';

export interface AlarmState {
  condition: Condition;
  handling: Handling;
  severity: Severity;
  worstSeverity: Severity;
  occurrences: number;
}

export class AlarmMissing extends problem('alarm-missing', 404) {}
export class AlarmStepRefused extends problem('alarm-step-refused', 409) {}
/** An alarm whose condition still holds cannot be closed: the rule would raise it at once. */
export class AlarmStillActive extends problem('alarm-still-active', 409) {}

const after: Record<Handling, Partial<Record<AlarmStep, Handling>>> = {
  new: { acknowledge: 'acknowledged', handle: 'handling' },
  acknowledged: { handle: 'handling', resolve: 'resolved' },
  handling: { resolve: 'resolved' },
  resolved: { review: 'reviewed', reopen: 'handling' },
  reviewed: { close: 'closed', reopen: 'handling' },
  closed: {},
};

export type HandledAt = 'acknowledged_at' | 'handling_at' | 'resolved_at' | 'reviewed_at' | 'closed_at';

const stamps: Partial<Record<Handling, HandledAt>> = {
  acknowledged: 'acknowledged_at',
  handling: 'handling_at',
  resolved: 'resolved_at',
  reviewed: 'reviewed_at',
  closed: 'closed_at',
};

/** The column that keeps when a state of handling was reached. */
export const stampFor = (handling: Handling): HandledAt | undefined => stamps[handling];

const entries = Object.entries(after) as [Handling, Partial<Record<AlarmStep, Handling>>][];

export const isStep = (text: string): text is AlarmStep => entries.some(([, steps]) => Object.hasOwn(steps, text));

/** The states from which a step may be taken. */
export const statesBefore = (step: AlarmStep): Handling[] =>
  entries.flatMap(([state, steps]) => (steps[step] ? [state] : []));

/** Steps a person may take from here; closing waits for the condition to clear. */
export function stepsFrom(alarm: Pick<AlarmState, 'condition' | 'handling'>): AlarmStep[] {
  return (Object.keys(after[alarm.handling]) as AlarmStep[]).filter(
    (step) => step !== 'close' || alarm.condition === 'cleared',
  );
}

/** The handling after a step of a person (H-9.5.1-c-2: raised, acknowledged, handled, verified, closed). */
export function advance(alarm: Pick<AlarmState, 'condition' | 'handling'>, step: AlarmStep): Handling {
  const next = after[alarm.handling][step];
  if (!next) throw new AlarmStepRefused({ handling: alarm.handling, step, allowed: stepsFrom(alarm) });
  if (next === 'closed' && alarm.condition === 'active') throw new AlarmStillActive({ handling: alarm.handling });
  return next;
}

export const isOpen = (alarm: Pick<AlarmState, 'condition' | 'handling'>): boolean =>
  alarm.condition === 'active' || alarm.handling !== 'closed';

export type Change = 'raised' | 'reactivated' | 'occurrence' | 'escalated' | 'deescalated' | 'cleared';

/** A finding on top of an open alarm: what it becomes, and what to call the change. */
export function find(alarm: AlarmState, severity: Severity): { alarm: AlarmState; change: Change } {
  const worstSeverity = Math.min(alarm.worstSeverity, severity) as Severity;
  const next: AlarmState = {
    ...alarm,
    condition: 'active',
    severity,
    worstSeverity,
    occurrences: alarm.occurrences + 1,
  };
  if (alarm.condition === 'cleared') {
    // It came back before people were done with it: what was thought finished is open work again.
    const handling = alarm.handling === 'resolved' || alarm.handling === 'reviewed' ? 'new' : alarm.handling;
    return { alarm: { ...next, handling }, change: 'reactivated' };
  }
  if (severity < alarm.severity) return { alarm: next, change: 'escalated' };
  if (severity > alarm.severity) return { alarm: next, change: 'deescalated' };
  return { alarm: next, change: 'occurrence' };
}
