import type { Value } from '@keystead/contracts/expression';
import {
  clearByHand,
  evaluate,
  type Outcome,
  type Finding as RuleFinding,
  type RuleInput,
  wake,
} from '@keystead/contracts/rules';
import { type AcceptedEvent, type AcceptedMessage, isSuspect, quality } from '@keystead/contracts/telemetry';
import type { Bound, Tracked } from './tracked.ts';

/** What a rule found at a thing, in the order found. */
export interface Found {
  tracked: Tracked;
  bound: Bound;
  finding: RuleFinding;
}

/** Gathers what changed until it is stored together. */
export class Gathered {
  readonly found: Found[] = [];
  readonly dirty = new Map<Bound, Tracked>();

  take(tracked: Tracked, bound: Bound, outcome: Outcome): void {
    bound.wakeAt = outcome.wakeAt;
    if (outcome.state !== bound.state) {
      bound.state = outcome.state;
      this.dirty.set(bound, tracked);
    }
    for (const finding of outcome.findings) this.found.push({ tracked, bound, finding });
  }

  clear(): void {
    this.found.length = 0;
    this.dirty.clear();
  }
}

let stamp = 0;

const isDoubtful = (code: number): boolean => isSuspect(code) || code === quality.test || code === quality.missing;

/** Values found suspect, and tests, are not shown to rules: a jumping sensor is not a fire. */
function believable(message: AcceptedMessage): AcceptedMessage {
  if (!message.qualities.some(isDoubtful)) return message;
  const kept = message.qualities.flatMap((code, i) => (isDoubtful(code) ? [] : [i]));
  const pick = (list: number[]) => kept.map((i) => list[i] as number);
  return { ...message, keys: pick(message.keys), values: pick(message.values), qualities: pick(message.qualities) };
}

/** Runs the rules that read any property of the message; a message without news runs none. */
export function takeMessage(tracked: Tracked, given: AcceptedMessage, into: Gathered): void {
  const message = believable(given);
  const news = tracked.readings.apply(message);
  if (!news || tracked.bound.length === 0) return;
  const run = ++stamp;
  let input: RuleInput | undefined;
  for (const key of message.keys) {
    const rules = tracked.bySlot[key];
    if (!rules) continue;
    for (const bound of rules) {
      if (bound.stamp === run) continue;
      bound.stamp = run;
      input ??= { time: message.time, readings: tracked.readings };
      const outcome = evaluate(bound.rule, bound.state, input);
      if (outcome.state !== bound.state || outcome.findings.length > 0 || outcome.wakeAt !== bound.wakeAt)
        into.take(tracked, bound, outcome);
    }
  }
}

export function takeEvent(tracked: Tracked, event: AcceptedEvent, into: Gathered): void {
  const input: RuleInput = { time: event.time, readings: tracked.readings, event: event.event };
  for (const bound of tracked.byEvent) into.take(tracked, bound, evaluate(bound.rule, bound.state, input));
}

export function takeOnline(tracked: Tracked, online: RuleInput['online'], time: number, into: Gathered): void {
  for (const bound of tracked.offline)
    into.take(tracked, bound, evaluate(bound.rule, bound.state, { time, readings: tracked.readings, online }));
}

/** A person resolved the alarm of a rule whose trigger has no end of its own: an event without a clearing event. */
export function takeResolved(tracked: Tracked, rule: string, time: number, into: Gathered): void {
  for (const bound of tracked.bound) {
    const { trigger, id } = bound.rule.definition;
    if (id !== rule || trigger.kind !== 'event' || trigger.clearEvent) continue;
    into.take(tracked, bound, clearByHand(bound.rule, bound.state, time));
  }
}

/** Settles the times that ran out by `time` (µs). */
export function takeWake(tracked: Tracked, time: number, into: Gathered): void {
  for (const bound of tracked.bound) {
    if (bound.wakeAt !== undefined && bound.wakeAt <= time)
      into.take(tracked, bound, wake(bound.rule, bound.state, time, tracked.readings));
  }
}

/** Readings as an alarm shows them: plain JSON, what is missing as null. */
export const shown = (values: Readonly<Record<string, Value>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number' && !Number.isFinite(value) ? null : value,
    ]),
  );
