import type { Tx } from '@keystead/kernel/db';
import { sql } from '@keystead/kernel/db';
import { type Cell, copyInto } from '@keystead/kernel/db/copy';
import type { CaseState } from './case.ts';
import { caseCode, codeDay } from './code.ts';
import type { CaseKind } from './kind.ts';
import { inspection } from './kinds/inspection.ts';
import { repair } from './kinds/repair.ts';

export interface CaseHistory {
  readonly id: string;
  readonly kind: 'repair' | 'inspection';
  readonly place: string;
  readonly placeId: string;
  readonly title: string;
  readonly category: string | null;
  readonly source: string;
  readonly requester: string | null;
  readonly requesterName: string | null;
  readonly openedAt: Date;
  readonly acceptedAt: Date | null;
  /** Null = still under way. */
  readonly doneAt: Date | null;
  readonly outcome: string | null;
  readonly rating: number | null;
}

const kinds: Readonly<Record<CaseHistory['kind'], CaseKind>> = { repair, inspection };
const priority = 3;
const head = [
  'id',
  'organisation',
  'place',
  'place_id',
  'code',
  'kind',
  'state',
  'title',
  'category',
  'impact',
  'urgency',
];
const more = ['priority', 'source', 'requester', 'requester_name', 'assignee', 'assignee_name', 'outcome', 'rating'];
const times = ['opened_at', 'accepted_at', 'done_at', 'ended_at', 'changed_at', 'version'];
const lineColumns = ['case_id', 'organisation', 'number', 'at', 'actor', 'actor_name', 'actor_kind', 'step'];
const clockColumns = ['case_id', 'organisation', 'name', 'target', 'calendar', 'spent', 'running_since', 'stopped_at'];

/**
 * Cases from before the platform, many at once: each with its number of the day, its course and its two clocks. Only in a transaction on a
 * connection of its own. `by` did the work.
 */
export async function importHistory(
  tx: Tx,
  organisation: string,
  cases: readonly CaseHistory[],
  by: { id: string; name: string },
): Promise<void> {
  const many = new Map<string, number>();
  for (const { openedAt } of cases) many.set(codeDay(openedAt), (many.get(codeDay(openedAt)) ?? 0) + 1);
  // In the order of days, so that two who import do not wait for each other in a ring.
  const days = [...many].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, count]) => ({ day, count }));
  const counted = await tx.all(sql<{ day: string; last: number }>`
    insert into cases.counter (organisation, day, last)
    select ${organisation}, day, count from json_to_recordset(${JSON.stringify(days)}::json) as r(day text, count int) order by day
    on conflict (organisation, day) do update set last = cases.counter.last + excluded.last returning day, last`);
  const next = new Map(counted.map(({ day, last }) => [day, last - (many.get(day) ?? 0)]));
  const [rows, lines, clocks]: [Cell[][], Cell[][], Cell[][]] = [[], [], []];
  for (const each of cases) {
    const { id, openedAt, acceptedAt, doneAt } = each;
    const kind = kinds[each.kind];
    const day = codeDay(openedAt);
    const number = (next.get(day) ?? 0) + 1;
    next.set(day, number);
    const state: CaseState = doneAt ? 'closed' : acceptedAt ? 'in-progress' : 'new';
    const taken = acceptedAt ? [by.id, by.name] : [null, null];
    rows.push([
      ...[id, organisation, each.place, each.placeId, caseCode(kind.prefix, day, number), each.kind, state, each.title],
      ...[each.category, 2, 2, priority, each.source, each.requester, each.requesterName, ...taken],
      ...[each.outcome, each.rating, openedAt, acceptedAt, doneAt, doneAt, doneAt ?? acceptedAt ?? openedAt, 1],
    ]);
    const course: [Date | null, string, CaseState, CaseState][] = [
      [openedAt, 'open', 'new', 'new'],
      [acceptedAt, 'start', 'new', 'in-progress'],
      [doneAt, 'finish', 'in-progress', 'done'],
      [doneAt, 'close', 'done', 'closed'],
    ];
    for (const [index, [at, step, from, to]] of course.filter(([at]) => at !== null).entries())
      lines.push([id, organisation, index + 1, at, by.id, by.name, 'system', step, from, to]);
    const level = kind.levels[priority];
    for (const [name, stopped, target] of [
      ['response', acceptedAt, level.response],
      ['resolution', doneAt, level.resolution],
    ] as const) {
      // Spent as the wall clock has it: working hours of years ago are not made up.
      const spent = stopped ? stopped.getTime() - openedAt.getTime() : 0;
      clocks.push([id, organisation, name, target, 'around-the-clock', spent, stopped ? null : openedAt, stopped]);
    }
  }
  await copyInto(tx, 'cases.case', [...head, ...more, ...times], rows);
  await copyInto(tx, 'cases.history', [...lineColumns, 'from_state', 'to_state'], lines);
  await copyInto(tx, 'cases.clock', clockColumns, clocks);
}
