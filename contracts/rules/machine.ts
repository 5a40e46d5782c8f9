import type { ExpressionContext, Value } from '@keystead/contracts/expression';
import type { CompiledRule } from './compile.ts';
import type { Finding, Outcome, RuleState, Truth } from './state.ts';
import { deadline, type Standing, step } from './step.ts';

const none: readonly Finding[] = [];
const minute = 60_000_000;

export const nextMinute = (time: number): number => (Math.floor(time / minute) + 1) * minute;

export const same = (state: RuleState | undefined, wakeAt: number | undefined): Outcome => ({
  state,
  findings: none,
  wakeAt,
});

/** Runs the times of the rule that end until `time`, in their order, at their exact moments. */
export function settle(rule: CompiledRule, state: RuleState, time: number, findings: Finding[]): RuleState {
  let current = state;
  for (let due = deadline(rule, current); due !== undefined && due <= time; due = deadline(rule, current)) {
    const { truth, clear, recent, values } = current;
    current = step(rule, current, Math.max(due, current.time), { truth, clear, recent, values }, findings);
  }
  return current;
}

/** Settles, then lets the conditions stand as given; a time before the state's own counts as that. */
export function advance(
  rule: CompiledRule,
  state: RuleState,
  time: number,
  standing: Pick<Standing, 'truth' | 'values'> & Partial<Standing>,
  findings: Finding[],
): RuleState {
  const settled = settle(rule, state, time, findings);
  const { truth, values, clear = -1, recent = settled.recent } = standing;
  return step(rule, settled, Math.max(time, settled.time), { truth, values, clear, recent }, findings);
}

/** What the caller gets: the very state it gave when nothing is to be stored, and when to come back. */
export function outcome(
  rule: CompiledRule,
  before: RuleState | undefined,
  after: RuleState,
  findings: readonly Finding[],
  time: number,
): Outcome {
  const unchanged = before !== undefined && findings.length === 0 && equalStates(before, after);
  const state = unchanged ? before : after;
  return { state, findings, wakeAt: earlier(deadline(rule, state), rule.ticks ? nextMinute(time) : undefined) };
}

export function earlier(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined) return b;
  return b === undefined ? a : Math.min(a, b);
}

/** The values a finding is explained with. */
export function captured(rule: CompiledRule, context: ExpressionContext): Record<string, Value> {
  return Object.fromEntries(rule.captures.map(({ id, read }) => [id, read(context)]));
}

/** Nothing is open or running and no condition held: the next false changes nothing. */
export function isQuiet(state: RuleState): boolean {
  if (state.severity !== 0 || state.waiting) return false;
  for (const holds of state.truth) if (holds === 1) return false;
  for (const bits of state.recent) if (bits !== 0) return false;
  return true;
}

export const isTrue = (truth: readonly Truth[]): boolean => truth[0] === 1;

function equalStates(a: RuleState, b: RuleState): boolean {
  return (
    a.severity === b.severity &&
    a.clear === b.clear &&
    a.clearSince === b.clearSince &&
    a.lowerSince === b.lowerSince &&
    a.silentUntil === b.silentUntil &&
    a.waiting === b.waiting &&
    equalLists(a.truth, b.truth) &&
    equalLists(a.since, b.since) &&
    equalLists(a.recent, b.recent)
  );
}

function equalLists<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
