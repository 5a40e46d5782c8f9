import type { ExpressionContext } from '@keystead/contracts/expression';
import type { CompiledRule } from './compile.ts';
import { advance, captured, earlier, isQuiet, isTrue, outcome, same, settle } from './machine.ts';
import type { Finding, Outcome, RuleState } from './state.ts';
import { blankState, fitted } from './step.ts';

/**
 * No value of a property for a time. Watching begins with the first call for a thing: what was missing before that is
 * not told, and the first call always has a state to store. Whether the gap is found by `wake` or by the message that
 * ends it, the findings are the same.
 */
export function evaluateMissing(
  rule: CompiledRule,
  before: RuleState | undefined,
  input: Pick<ExpressionContext, 'time' | 'readings'>,
): Outcome {
  if (rule.missing === null) return same(before, undefined);
  const { slot, after: limit } = rule.missing;
  const last = input.readings.time(slot);
  const previous = input.readings.previousTime(slot);
  if (before && last !== undefined && isQuiet(before) && before.clear === valueSeen) {
    const ended = gapEnd(before, previous, last, limit);
    if (ended === undefined && Math.max(input.time, before.time) < last + limit) return same(before, last + limit);
  }

  const findings: Finding[] = [];
  const clear = last === undefined ? -1 : valueSeen;
  const gone = { truth: [1], values: {}, clear } as const;
  let state = before ? fitted(rule, before) : blankState(rule, input.time);
  const ended = before && last !== undefined ? gapEnd(state, previous, last, limit) : undefined;
  if (ended !== undefined) state = advance(rule, state, ended, gone, findings);
  if (isTrue(state.truth) && last !== undefined) {
    const at = Math.max(last, state.time);
    const back = { truth: [0], values: captured(rule, input), clear } as const;
    if (at < last + limit) state = advance(rule, state, at, back, findings);
  }
  const now = Math.max(input.time, state.time);
  const due = (last ?? state.time) + limit;
  if (!isTrue(state.truth) && due <= now) state = advance(rule, state, due, gone, findings);
  state = { ...settle(rule, state, now, findings), clear };
  const result = outcome(rule, before, state, findings, input.time);
  return isTrue(state.truth) ? result : { ...result, wakeAt: earlier(result.wakeAt, due) };
}

/** In the state of such a rule `clear` keeps whether there ever was a value: before the first, the time runs from the start. */
const valueSeen = 1;

/** When the alarm was due between the last two values, if they lie so far apart and nobody has said so yet. */
function gapEnd(state: RuleState, previous: number | undefined, last: number, limit: number): number | undefined {
  const from = previous ?? (state.clear === valueSeen ? undefined : state.time);
  if (from === undefined || isTrue(state.truth)) return undefined;
  const due = from + limit;
  return last >= due && due > state.time ? due : undefined;
}
