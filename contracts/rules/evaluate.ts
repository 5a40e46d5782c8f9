import type { ExpressionContext, Value } from '@keystead/contracts/expression';
import type { CompiledRule } from './compile.ts';
import { evaluateEvent } from './event-trigger.ts';
import { advance, captured, isQuiet, nextMinute, outcome, same, settle } from './machine.ts';
import { evaluateMissing } from './missing-trigger.ts';
import type { Finding, Outcome, RuleState, Truth } from './state.ts';
import { blankState, fitted } from './step.ts';

export type Online = 'online' | 'offline' | 'unknown';

/** One message of one thing, already applied to its readings. */
export interface RuleInput extends ExpressionContext {
  /** The thing's online state, when this message is about it. */
  readonly online?: Online;
}

const truthOf = (value: Value): Truth => (value === true ? 1 : value === false ? 0 : -1);

/**
 * Evaluates a rule for one message. Times that ran out before the message are settled first, at their exact moments, so
 * it makes no difference whether `wake` was called in time. A message older than the last change of the state counts as
 * if it came then. While no condition holds and nothing is running the state given is answered again.
 */
export function evaluate(rule: CompiledRule, state: RuleState | undefined, input: RuleInput): Outcome {
  if (rule.kind === 'event') return evaluateEvent(rule, state, input);
  if (rule.kind === 'missing') return evaluateMissing(rule, state, input);
  if (rule.kind === 'offline') return online(rule, state, input);
  if (state === undefined || isQuiet(state)) {
    let anyTrue = false;
    for (const level of rule.levels) if (level.when?.(input) === true) anyTrue = true;
    if (!anyTrue) return same(state, rule.ticks ? nextMinute(input.time) : undefined);
  }
  return conditions(rule, state, input, true);
}

/**
 * Settles what time alone has brought about until `time`: `for`, `hold`, `silence`, schedule, `missing`. `readings` are
 * needed by rules with `ticks` and of kind `missing` only. A late call does no harm: findings have their exact moments.
 */
export function wake(
  rule: CompiledRule,
  state: RuleState | undefined,
  time: number,
  readings?: RuleInput['readings'],
): Outcome {
  if (rule.kind === 'missing' && readings) return evaluateMissing(rule, state, { time, readings });
  if (rule.ticks && readings) return conditions(rule, state, { time, readings }, false);
  if (state === undefined) return same(state, rule.ticks ? nextMinute(time) : undefined);
  const findings: Finding[] = [];
  return outcome(rule, state, settle(rule, fitted(rule, state), time, findings), findings, time);
}

/**
 * A person ends the open alarm. While its condition still holds the rule does not raise again until the condition has
 * ended once.
 */
export function clearByHand(rule: CompiledRule, state: RuleState | undefined, time: number): Outcome {
  if (state === undefined || state.severity === 0) return same(state, undefined);
  const findings: Finding[] = [];
  const settled = settle(rule, fitted(rule, state), time, findings);
  if (settled.severity === 0) return outcome(rule, state, settled, findings, time);
  const at = Math.max(time, settled.time);
  const { severity, values } = settled;
  findings.push({ kind: 'cleared', severity, time: at, values, byHand: true });
  // An event is over as soon as it happened: the next one raises again.
  const momentary = rule.kind === 'event';
  const cleared: RuleState = {
    ...settled,
    time: at,
    severity: 0,
    truth: momentary ? [0] : settled.truth,
    since: momentary ? [null] : settled.since,
    waiting: !momentary && settled.truth.includes(1),
    silentUntil: at + rule.silence,
    clearSince: null,
    lowerSince: null,
  };
  return outcome(rule, state, cleared, findings, time);
}

function conditions(rule: CompiledRule, before: RuleState | undefined, input: RuleInput, isMessage: boolean): Outcome {
  const state = before ? fitted(rule, before) : blankState(rule, input.time);
  const truth = rule.levels.map(({ when }) => truthOf(when?.(input) ?? null));
  const clear = rule.clear ? truthOf(rule.clear(input)) : -1;
  const recent = isMessage ? state.recent.map((bits, i) => shifted(rule, i, bits, truth[i] === 1)) : state.recent;
  const findings: Finding[] = [];
  const standing = { truth, clear, recent, values: captured(rule, input) };
  const after = advance(rule, state, input.time, standing, findings);
  if (before === undefined && findings.length === 0 && isQuiet(after)) {
    return same(undefined, rule.ticks ? nextMinute(input.time) : undefined);
  }
  return outcome(rule, before, after, findings, input.time);
}

/** The last evaluations of a level with `count`, with one more. */
function shifted(rule: CompiledRule, index: number, bits: number, holds: boolean): number {
  const m = rule.levels[index]?.count?.m;
  if (m === undefined) return 0;
  const mask = m === 32 ? -1 : (1 << m) - 1;
  return (((bits << 1) | (holds ? 1 : 0)) & mask) >>> 0;
}

function online(rule: CompiledRule, before: RuleState | undefined, input: RuleInput): Outcome {
  if (input.online === undefined) return wake(rule, before, input.time);
  const truth: Truth = input.online === 'offline' ? 1 : input.online === 'online' ? 0 : -1;
  if (truth !== 1 && (before === undefined || isQuiet(before))) return same(before, undefined);
  const state = before ? fitted(rule, before) : blankState(rule, input.time);
  const findings: Finding[] = [];
  const after = advance(rule, state, input.time, { truth: [truth], values: {} }, findings);
  return outcome(rule, before, after, findings, input.time);
}
