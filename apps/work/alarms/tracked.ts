import type { TransferLevel } from '@keystead/contracts/labels';
import { type CompiledRule, Readings, type RuleState } from '@keystead/contracts/rules';
import type { ThingRef } from '@keystead/data/things';
import type { KeptState } from './state-store.ts';

/** One rule at one thing. */
export interface Bound {
  rule: CompiledRule;
  state: RuleState | undefined;
  wakeAt: number | undefined;
  /** Highest transfer level of what the rule looks at: how urgent its alarms are. */
  transferLevel: TransferLevel;
  /** Number of the last evaluation, so that a rule reading three properties of a message runs once. */
  stamp: number;
}

/** A thing as the engine follows it. */
export interface Tracked {
  ref: ThingRef;
  readings: Readings;
  bound: Bound[];
  /** Rules by the property key they read. */
  bySlot: (Bound[] | undefined)[];
  byEvent: Bound[];
  /** Rules that only the state of the connection concerns. */
  offline: Bound[];
  revision: number;
}

function levelOf(rule: CompiledRule, ref: ThingRef): TransferLevel {
  const { trigger } = rule.definition;
  if (trigger.kind === 'offline') return 2;
  if (trigger.kind === 'event') return ref.model.events.find((event) => event.id === trigger.event)?.transferLevel ?? 2;
  const levels = ref.model.properties
    .filter((property) => rule.slots.includes(property.key))
    .map((property) => property.transferLevel);
  return Math.max(1, ...levels) as TransferLevel;
}

/** A thing with its rules and what they remembered; `readings` stay when rules are reloaded. */
export function track(
  ref: ThingRef,
  rules: readonly CompiledRule[],
  kept: readonly KeptState[],
  revision: number,
  readings = new Readings(),
): Tracked {
  const bound: Bound[] = rules.map((rule) => {
    const memory = kept.find((each) => each.rule === rule.definition.id);
    return { rule, state: memory?.state, wakeAt: memory?.wakeAt, transferLevel: levelOf(rule, ref), stamp: 0 };
  });
  const bySlot: (Bound[] | undefined)[] = [];
  for (const each of bound) {
    for (const slot of each.rule.slots) {
      const list = bySlot[slot] ?? [];
      list.push(each);
      bySlot[slot] = list;
    }
  }
  return {
    ref,
    readings,
    bound,
    bySlot,
    byEvent: bound.filter((each) => each.rule.usesEvent),
    offline: bound.filter((each) => each.rule.kind === 'offline'),
    revision,
  };
}
