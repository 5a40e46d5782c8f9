import { siteDate } from '@keystead/ui/format';
import type { Definition, Plan, PlanDraft, TimeTrigger } from './queries.ts';

/** A plan as its form holds it. */
export interface Filled {
  code: string;
  name: string;
  kind: PlanDraft['kind'];
  system: PlanDraft['system'];
  every: TimeTrigger['every'];
  interval: number;
  from: string;
  at: string;
  freeDays: TimeTrigger['freeDays'];
  allowHours: number;
  places?: string[];
  team?: string;
  /** Name of the platform's own work; empty = people do it. */
  work?: string;
  content?: string;
  points?: Definition['points'];
}

export function filledFrom(plan: Plan | undefined): Partial<Filled> {
  const base = { interval: 1, at: '09:00', from: siteDate(), freeDays: 'next' as const, allowHours: 24, points: [] };
  if (!plan) return { ...base, kind: 'inspection', system: 'fire', every: 'month' };
  const { code, name, kind, system, definition } = plan;
  const { trigger, target, content, points, allow } = definition;
  return {
    ...base,
    ...{ code, name, kind, system, points },
    ...(content ? { content } : {}),
    ...(target.kind === 'case' && target.team ? { team: target.team } : {}),
    ...(target.kind === 'work' ? { work: target.name } : {}),
    allowHours: Math.round(allow / 3600),
    ...(trigger.kind === 'time'
      ? {
          every: trigger.every,
          interval: trigger.interval,
          at: trigger.at,
          from: trigger.from,
          freeDays: trigger.freeDays,
        }
      : {}),
  };
}

/** The trigger the form means; undefined while something of it is missing. */
export function triggerOf(filled: Partial<Filled>): TimeTrigger | undefined {
  const { every, interval, from, at, freeDays } = filled;
  if (!every || !interval || !from || !/^\d{4}-\d{2}-\d{2}$/.test(from) || !at || !freeDays) return undefined;
  return { kind: 'time', every, interval, from, at: at.slice(0, 5), freeDays };
}

/** What the form does not show of a plan stays as it was. */
export function draftOf(filled: Filled, before?: Definition): PlanDraft {
  const trigger = triggerOf(filled) as TimeTrigger;
  const kept = before?.trigger.kind === 'time' ? before.trigger : undefined;
  const people = before && before.target.kind !== 'work' ? before.target : { kind: 'case' as const };
  const target = filled.work ? { kind: 'work' as const, name: filled.work } : people;
  return {
    code: filled.code,
    name: filled.name,
    kind: filled.kind,
    system: filled.system,
    subjects: (filled.places ?? []).map((id) => ({ kind: 'place' as const, id })),
    definition: {
      ...before,
      trigger: before && !kept ? before.trigger : { ...kept, ...trigger },
      target: target.kind === 'case' && filled.team ? { ...target, team: filled.team } : target,
      lead: before?.lead ?? 0,
      allow: filled.allowHours * 3600,
      ...(filled.content ? { content: filled.content } : {}),
      points: (filled.points ?? []).map(({ low, high, unit, ...point }) => ({
        ...point,
        ...(typeof low === 'number' ? { low } : {}),
        ...(typeof high === 'number' ? { high } : {}),
        ...(unit ? { unit } : {}),
      })),
    },
  };
}
