import { type InfiniteData, replaceEqualDeep } from '@tanstack/react-query';
import type { Alarm, AlarmPageReply, DeskFilter } from './alarm.ts';

export type DeskData = InfiniteData<AlarmPageReply>;

/** What the live topic tells of an alarm. */
export interface AlarmNews {
  id: string;
  change: string;
  severity: number;
  condition: string;
  handling: string;
  rule: string;
  title: { zh: string; en: string };
  transferLevel: number;
  suppressed: boolean;
  subject: Alarm['subject'];
  eventTime?: number;
  /** The incident it is part of; a member stands under the lead. */
  group?: { id: string; lead: string; member: boolean };
}

/** When rows were told that were not fetched yet, ms since 1970. */
const told = new WeakMap<Alarm, number>();
const answerAge = 3000; // ms: an answer may be older than what was told meanwhile, yet not by more

/** A new alarm as the desk shows it until its row has been fetched: without steps, for nothing may be done to it yet. */
export function rowOf(news: AlarmNews, now = Date.now()): Alarm {
  const at = new Date((news.eventTime ?? now * 1000) / 1000).toISOString();
  const { id, rule, title, subject, transferLevel, suppressed, condition, handling, severity } = news;
  const row: Alarm = {
    ...{ id, rule, title, subject, transferLevel, suppressed, condition, handling, severity },
    ...{
      place: '',
      worstSeverity: severity,
      escalated: false,
      falsePositive: false,
      occurrences: 1,
      readings: {},
      steps: [],
    },
    ...{ firstEventTime: at, lastEventTime: at, raisedAt: at, acknowledgedAt: null, handlingAt: null, clearedAt: null },
    ...{ resolvedAt: null, reviewedAt: null, closedAt: null, handler: null, version: 0 },
  };
  told.set(row, now);
  return row;
}

/** Whether a new alarm surely belongs to what is shown; words and places are the server's to judge. */
export const belongs = (filter: DeskFilter, news: AlarmNews): boolean =>
  news.change === 'raised' &&
  !(filter.gathered && news.group?.member) &&
  !filter.text &&
  !filter.place &&
  (!filter.subject || filter.subject === news.subject.id) &&
  (!filter.severity || filter.severity === news.severity);

/** Leads with the members of those that are open below them; what stands in the list already is not shown twice. */
export function unfolded(leads: readonly Alarm[], members: ReadonlyMap<string, readonly Alarm[]>): readonly Alarm[] {
  if (members.size === 0) return leads;
  const standing = new Set(leads.map((alarm) => alarm.id));
  return leads.flatMap((lead) => [lead, ...(members.get(lead.id) ?? []).filter((each) => !standing.has(each.id))]);
}

/** The new alarm on top; the same data when it is there already or nothing was fetched yet. */
export function withNew(data: DeskData | undefined, news: AlarmNews, now = Date.now()): DeskData | undefined {
  const [first, ...rest] = data?.pages ?? [];
  if (!data || !first || data.pages.some((page) => page.items.some((item) => item.id === news.id))) return data;
  return { ...data, pages: [{ ...first, items: [rowOf(news, now), ...first.items] }, ...rest] };
}

/**
 * Rows that say the same stay the same objects wherever they stand now, so that they are not drawn again. (The query
 * library compares by position, and one new row on top moves all others.) A row told while the answer was on its way
 * stays on top although the answer does not know it.
 */
export function keepRows(before: DeskData | undefined, after: DeskData, now = Date.now()): DeskData {
  if (!before) return after;
  const shown = before.pages.flatMap((page) => page.items);
  const known = new Map(shown.map((item) => [item.id, item]));
  const fetched = new Set(after.pages.flatMap((page) => page.items.map((item) => item.id)));
  const ahead = shown.filter((item) => (told.get(item) ?? 0) > now - answerAge && !fetched.has(item.id));
  const kept = (item: Alarm): Alarm => {
    const same = known.get(item.id);
    return same === undefined || same === item ? item : replaceEqualDeep(same, item);
  };
  return {
    ...after,
    pages: after.pages.map((page, at) => ({ ...page, items: [...(at === 0 ? ahead : []), ...page.items.map(kept)] })),
  };
}
