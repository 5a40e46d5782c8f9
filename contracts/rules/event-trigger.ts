import type { ExpressionContext } from '@keystead/contracts/expression';
import type { CompiledRule } from './compile.ts';
import { advance, captured, isTrue, outcome, same, settle } from './machine.ts';
import type { Finding, Outcome, RuleState } from './state.ts';
import { blankState, deadline } from './step.ts';

/**
 * Device events: the first raises, further ones are occurrences, the clear event (if the rule has one) ends. Events are
 * never too late to raise, unless a newer clear event has already said that it is over. What comes during silence or
 * outside the schedule is dropped: an event does not last.
 */
export function evaluateEvent(rule: CompiledRule, before: RuleState | undefined, input: ExpressionContext): Outcome {
  const { trigger } = rule.definition;
  if (trigger.kind !== 'event') return same(before, undefined);
  if (input.event !== undefined && input.event === trigger.event) return happened(rule, before, input);
  if (input.event !== undefined && input.event === trigger.clearEvent) return over(rule, before, input);
  if (before === undefined || deadline(rule, before) === undefined) return same(before, undefined);
  const findings: Finding[] = [];
  return outcome(rule, before, settle(rule, before, input.time, findings), findings, input.time);
}

function happened(rule: CompiledRule, before: RuleState | undefined, input: ExpressionContext): Outcome {
  if (before && before.severity === 0 && input.time < before.time) return same(before, undefined);
  const findings: Finding[] = [];
  const state = settle(rule, before ?? blankState(rule, input.time), input.time, findings);
  const values = captured(rule, input);
  const after = advance(rule, state, input.time, { truth: [1], values }, findings);
  if (after.severity === 0) {
    return outcome(rule, before, { ...after, truth: [0], since: [null] }, findings, input.time);
  }
  // The machine tells of a condition that comes back; an event that comes again is told here.
  if (state.severity !== 0 && isTrue(state.truth)) {
    findings.push({ kind: 'occurrence', severity: state.severity, time: input.time, values });
  }
  return outcome(rule, before, after, findings, input.time);
}

function over(rule: CompiledRule, before: RuleState | undefined, input: ExpressionContext): Outcome {
  const state = before ?? blankState(rule, input.time);
  const findings: Finding[] = [];
  const standing = { truth: [0], values: captured(rule, input) } as const;
  const after = advance(rule, state, input.time, standing, findings);
  // Also without an open alarm the moment is kept, so that an older event arriving later does not raise.
  if (after.severity === 0) return { state: after, findings, wakeAt: deadline(rule, after) };
  return outcome(rule, before, after, findings, input.time);
}
