import type { Linkage, LinkageBody } from './queries.ts';

type Trigger = LinkageBody['trigger'];
type Action = LinkageBody['action'];
export type Change = Extract<Trigger, { kind: 'alarm' }>['change'];

/** A rule as its form holds it: everything in one layer, empty where it does not apply. */
export interface RuleDraft {
  name: string;
  place?: string | undefined;
  when: Trigger['kind'];
  alarmRule?: string | undefined;
  change: Change;
  severity?: number | undefined;
  family?: string | undefined;
  event?: string | undefined;
  about?: string | undefined;
  does: Action['kind'];
  scene?: string | undefined;
  target?: string | undefined;
  service?: string | undefined;
  /** JSON text. */
  input?: string | undefined;
  /** Fields of the event that become fields of the input. */
  carry?: { from: string; to: string }[] | undefined;
  from?: string | undefined;
  to?: string | undefined;
  perMinute: number;
}

export const freshDraft: RuleDraft = {
  name: '',
  when: 'alarm',
  change: 'raised',
  does: 'scene',
  perMinute: 30,
};

const everyDay = [1, 2, 3, 4, 5, 6, 7];

export function draftOf({ name, place, trigger, action, hours, perMinute }: Linkage): RuleDraft {
  const span = hours?.weekly[0];
  return {
    ...freshDraft,
    name,
    place: place || undefined,
    perMinute,
    when: trigger.kind,
    about: trigger.thing,
    ...(trigger.kind === 'alarm'
      ? { alarmRule: trigger.rule, change: trigger.change, severity: trigger.severity }
      : { family: trigger.family, event: trigger.event }),
    does: action.kind,
    ...(action.kind === 'scene'
      ? { scene: action.scene }
      : {
          target: action.thing,
          service: action.service,
          input: action.input === undefined ? undefined : JSON.stringify(action.input),
          carry: Object.entries(action.carry ?? {}).map(([to, from]) => ({ from, to })),
        }),
    ...(span ? { from: span.from, to: span.to } : {}),
  };
}

/** Undefined when the text is no JSON object; nothing written = no input. */
export function inputOf(text: string | undefined): { input?: Record<string, unknown> } | undefined {
  if (text === undefined || text.trim() === '') return {};
  try {
    const input: unknown = JSON.parse(text);
    return typeof input === 'object' && input !== null && !Array.isArray(input) ? { input: { ...input } } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What is sent. `before` keeps what the form does not show: other hours than one span a day. Undefined when the input is
 * unreadable.
 */
export function bodyOf(draft: RuleDraft, zone: string, before?: Linkage): LinkageBody | undefined {
  const input = inputOf(draft.input);
  if (input === undefined) return undefined;
  const about = draft.about ? { thing: draft.about } : {};
  const trigger: Trigger =
    draft.when === 'alarm'
      ? {
          kind: 'alarm',
          change: draft.change,
          ...(draft.alarmRule ? { rule: draft.alarmRule } : {}),
          ...(draft.severity ? { severity: draft.severity } : {}),
          ...about,
        }
      : { kind: 'event', family: draft.family ?? '', event: draft.event ?? '', ...about };
  // An alarm tells no fields.
  const lines = draft.when === 'event' ? (draft.carry ?? []) : [];
  const carried = lines.length > 0 ? { carry: Object.fromEntries(lines.map(({ from, to }) => [to, from])) } : {};
  const action: Action =
    draft.does === 'scene'
      ? { kind: 'scene', scene: draft.scene ?? '' }
      : {
          kind: 'command',
          service: draft.service ?? '',
          ...(draft.target ? { thing: draft.target } : {}),
          ...input,
          ...carried,
        };
  return {
    name: draft.name,
    place: draft.place ?? '',
    enabled: before?.enabled ?? true,
    trigger,
    action,
    perMinute: draft.perMinute,
    ...hoursOf(draft, zone, before),
  };
}

function hoursOf({ from, to }: RuleDraft, zone: string, before: Linkage | undefined): Pick<LinkageBody, 'hours'> {
  const [first, ...more] = before?.hours?.weekly ?? [];
  const kept = before?.hours;
  if (kept && first && first.from === from && first.to === to) return { hours: kept };
  if (!from || !to) return {};
  const weekdays = first && more.length === 0 ? first.weekdays : everyDay;
  return { hours: { zone: kept?.zone ?? zone, weekly: [{ weekdays, from, to }] } };
}
