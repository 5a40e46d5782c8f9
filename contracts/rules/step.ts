import type { Value } from '@keystead/contracts/expression';
import type { CompiledRule } from './compile.ts';
import type { Severity } from './schema.ts';
import type { Finding, RuleState, Truth } from './state.ts';

/** How a rule's conditions stand at one moment. */
export interface Standing {
  readonly truth: readonly Truth[];
  readonly clear: Truth;
  readonly recent: readonly number[];
  readonly values: Readonly<Record<string, Value>>;
}

export function blankState(rule: CompiledRule, time: number): RuleState {
  return {
    time,
    severity: 0,
    truth: rule.levels.map(() => 0),
    clear: -1,
    since: rule.levels.map(() => null),
    recent: rule.levels.map(() => 0),
    clearSince: null,
    lowerSince: null,
    silentUntil: null,
    waiting: false,
    values: {},
  };
}

/** A state made by another version of the rule: what is open stays open, all running times start anew. */
export function fitted(rule: CompiledRule, state: RuleState): RuleState {
  if (state.since.length === rule.levels.length) return state;
  const { severity, silentUntil } = state;
  return { ...blankState(rule, state.time), severity, silentUntil };
}

function ones(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/**
 * Moves the machine of one rule to `time`. The whole alarm logic is here: which level is reached, raising, severity up
 * and down, clearing. Pure: answers the new state and adds to `findings`; the caller decides whether anything changed.
 */
export function step(
  rule: CompiledRule,
  state: RuleState,
  time: number,
  standing: Standing,
  findings: Finding[],
): RuleState {
  const { truth, recent, clear, values } = standing;
  const windowStart = rule.schedule ? rule.schedule.windowStart(time) : Number.NEGATIVE_INFINITY;
  const active = windowStart !== undefined;
  const since = truth.map((holds, i) => (holds === 1 && active ? Math.max(state.since[i] ?? time, windowStart) : null));

  let reached: Severity | 0 = 0;
  let present: Severity | 0 = 0;
  let leastSevere: Severity = 1;
  let anyUnknown = false;
  rule.levels.forEach(({ severity, count, for: wait }, i) => {
    const start = since[i] ?? null;
    const counted = count !== null && ones(recent[i] ?? 0) >= count.n;
    const isReached = active && (count ? counted : start !== null && time - start >= wait);
    if (isReached && (reached === 0 || severity < reached)) reached = severity;
    if ((truth[i] === 1 || counted) && (present === 0 || severity < present)) present = severity;
    if (truth[i] === -1) anyUnknown = true;
    if (severity > leastSevere) leastSevere = severity;
  });

  const next = { ...state, time, truth, clear, recent, since, values };
  const find = (kind: Finding['kind'], severity: Severity) => findings.push({ kind, severity, time, values });

  if (state.severity === 0) return whileNoneIsOpen(next, reached, present, find);

  const open = state.severity;
  if (reached !== 0 && reached < open) {
    find('escalated', reached);
    return { ...next, severity: reached, clearSince: null, lowerSince: null };
  }
  if (present !== 0 && !state.truth.includes(1) && truth.includes(1)) find('occurrence', open);

  const ends = present === 0 && (rule.clear ? clear === 1 : !anyUnknown);
  if (ends) {
    const clearSince = state.clearSince ?? time;
    if (time - clearSince < rule.hold) return { ...next, clearSince, lowerSince: null };
    find('cleared', open);
    return { ...next, severity: 0, clearSince: null, lowerSince: null, silentUntil: time + rule.silence };
  }
  // Between "raise" and "clear" a known end of all levels leaves the least severe one standing.
  const standingSeverity = present !== 0 ? present : leastSevere;
  if (standingSeverity <= open || anyUnknown) return { ...next, clearSince: null, lowerSince: null };
  const lowerSince = state.lowerSince ?? time;
  if (time - lowerSince < rule.hold) return { ...next, clearSince: null, lowerSince };
  find('deescalated', standingSeverity);
  return { ...next, severity: standingSeverity, clearSince: null, lowerSince: null };
}

function whileNoneIsOpen(
  next: RuleState,
  reached: Severity | 0,
  present: Severity | 0,
  find: (kind: Finding['kind'], severity: Severity) => void,
): RuleState {
  const waiting = next.waiting && present !== 0;
  const silent = next.silentUntil !== null && next.time < next.silentUntil;
  const silentUntil = silent ? next.silentUntil : null;
  if (reached === 0 || waiting || silent) return { ...next, waiting, silentUntil };
  find('raised', reached);
  return { ...next, severity: reached, waiting, silentUntil: null };
}

/** The next moment at which time alone changes the state: undefined when no time is running. */
export function deadline(rule: CompiledRule, state: RuleState): number | undefined {
  let first = Number.POSITIVE_INFINITY;
  const { severity, silentUntil, clearSince, lowerSince } = state;
  if (!state.waiting) {
    rule.levels.forEach((level, i) => {
      if (severity !== 0 && level.severity >= severity) return;
      first = Math.min(first, levelDeadline(rule, state, i, severity === 0 ? silentUntil : null));
    });
  }
  if (clearSince !== null) first = Math.min(first, clearSince + rule.hold);
  if (lowerSince !== null) first = Math.min(first, lowerSince + rule.hold);
  return first === Number.POSITIVE_INFINITY ? undefined : first;
}

function levelDeadline(rule: CompiledRule, state: RuleState, index: number, silentUntil: number | null): number {
  const level = rule.levels[index];
  if (!level) return Number.POSITIVE_INFINITY;
  const start = state.since[index] ?? null;
  const counted = level.count !== null && ones(state.recent[index] ?? 0) >= level.count.n;
  const pending = level.count ? counted : state.truth[index] === 1;
  if (!pending) return Number.POSITIVE_INFINITY;
  const outside = rule.schedule !== undefined && rule.schedule.windowStart(state.time) === undefined;
  if (outside) return rule.schedule?.nextStart(state.time) ?? Number.POSITIVE_INFINITY;
  const reached = level.count ? state.time : (start ?? state.time) + level.for;
  const due = Math.max(reached, silentUntil ?? reached);
  // A count that is reached and not silent has raised already, or never will by time alone.
  return due > state.time ? due : Number.POSITIVE_INFINITY;
}
