import type { Scope } from '@keystead/contracts/access';
import { pathRange } from '@keystead/contracts/access';
import { inSubtrees, type Query, sql } from '@keystead/kernel/db';
import type { Cursor } from '@keystead/kernel/http';
import type { CaseState } from './case.ts';
import { type CaseRow, caseColumns } from './row.ts';

/** What a list is narrowed to; everything given must hold. */
export interface CaseFilter {
  readonly state?: readonly CaseState[];
  readonly kind?: readonly string[];
  readonly priority?: readonly number[];
  readonly assignee?: string;
  readonly team?: string;
  readonly requester?: string;
  /** Not closed and not cancelled. */
  readonly open?: boolean;
  /** A running clock is past its deadline. */
  readonly overdue?: boolean;
  /** Place path; its subtree counts. */
  readonly place?: string;
  /** `thing:<id>`. */
  readonly subject?: string;
  /** Part of code, title or description. */
  readonly text?: string;
  readonly openedFrom?: Date;
  readonly openedTo?: Date;
}

/** A case in a list: with its main subject and its nearest deadlines. */
export interface CaseLine extends CaseRow {
  subjectKind: string | null;
  subjectId: string | null;
  subjectLabel: string | null;
  responseDueAt: Date | null;
  resolutionDueAt: Date | null;
  /** Of the place it lies in, when it lies in one. */
  placeName: string | null;
  overdue: boolean;
}

const lineColumns = sql.raw(`
  s.kind as "subjectKind", s.id as "subjectId", s.label as "subjectLabel",
  a.due_at as "responseDueAt", r.due_at as "resolutionDueAt",
  (select p.name from places_pub.place p where p.id = c.place_id) as "placeName"`);

const sources = sql.raw(`
  cases.case c
  left join cases.subject s on s.case_id = c.id and s.main
  left join cases.clock a on a.case_id = c.id and a.name = 'response'
  left join cases.clock r on r.case_id = c.id and r.name = 'resolution'`);

/** A clock that still runs is late, or its time was used up before it was paused and work is not done. */
const late = (now: Date) => sql<boolean>`
  (c.done_at is null and c.ended_at is null and (
    (a.stopped_at is null and (a.breached_at is not null or a.due_at <= ${now}))
    or r.breached_at is not null or r.due_at <= ${now}))`;

const escaped = (text: string): string => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

function conditions(scope: Scope, filter: CaseFilter, now: Date) {
  const all = [sql<boolean>`c.organisation = ${scope.organisation}`, inSubtrees(scope, 'c.place')];
  if (filter.state?.length) all.push(sql`c.state = any(${filter.state})`);
  if (filter.kind?.length) all.push(sql`c.kind = any(${filter.kind})`);
  if (filter.priority?.length) all.push(sql`c.priority = any(${filter.priority})`);
  if (filter.assignee) all.push(sql`c.assignee = ${filter.assignee}`);
  if (filter.team) all.push(sql`c.team = ${filter.team}`);
  if (filter.requester) all.push(sql`c.requester = ${filter.requester}`);
  if (filter.open !== undefined) all.push(filter.open ? sql`c.ended_at is null` : sql`c.ended_at is not null`);
  if (filter.overdue !== undefined) all.push(filter.overdue ? late(now) : sql`not ${late(now)}`);
  if (filter.place) {
    const { lo, hi } = pathRange(filter.place);
    all.push(sql`c.place >= ${lo} collate "C" and c.place < ${hi} collate "C"`);
  }
  if (filter.subject) {
    const colon = filter.subject.indexOf(':');
    all.push(sql`exists (select from cases.subject o where o.case_id = c.id and o.organisation = c.organisation
      and o.kind = ${filter.subject.slice(0, colon)} and o.id = ${filter.subject.slice(colon + 1)})`);
  }
  if (filter.text) {
    const like = escaped(filter.text);
    all.push(sql`(c.code ilike ${like} or c.title ilike ${like} or c.description ilike ${like})`);
  }
  if (filter.openedFrom) all.push(sql`c.opened_at >= ${filter.openedFrom}`);
  if (filter.openedTo) all.push(sql`c.opened_at < ${filter.openedTo}`);
  return all;
}

/** One page, newest first. */
export function pageOf(
  scope: Scope,
  filter: CaseFilter,
  page: { limit: number; after?: Cursor },
  now: Date,
): Query<CaseLine> {
  const all = conditions(scope, filter, now);
  if (page.after) all.push(sql`(c.opened_at, c.id) < (${page.after.at}, ${page.after.id})`);
  return sql<CaseLine>`
    select ${caseColumns}, ${lineColumns}, coalesce(${late(now)}, false) as overdue from ${sources}
    where ${sql.join(all, sql` and `)} order by c.opened_at desc, c.id desc limit ${page.limit}`;
}

export const countOf = (scope: Scope, filter: CaseFilter, now: Date): Query<{ total: number }> =>
  sql`select count(*)::int as total from ${sources} where ${sql.join(conditions(scope, filter, now), sql` and `)}`;

/** Open cases, the oldest first: what has been lying longest. */
export function oldestOpen(scope: Scope, filter: CaseFilter, limit: number, now: Date): Query<CaseLine> {
  return sql<CaseLine>`
    select ${caseColumns}, ${lineColumns}, coalesce(${late(now)}, false) as overdue from ${sources}
    where ${sql.join(conditions(scope, { ...filter, open: true }, now), sql` and `)}
    order by c.opened_at, c.id limit ${limit}`;
}

/** What a person is to do next, most urgent first, and why it is his. */
export function todosOf(
  scope: Scope,
  actor: { id: string; dispatches: boolean },
  limit: number,
  now: Date,
): Query<CaseLine & { because: string }> {
  const mine = sql`c.assignee = ${actor.id} and c.state in ('assigned', 'accepted', 'in-progress', 'waiting', 'reopened')`;
  const toConfirm = sql`c.requester = ${actor.id} and c.state = 'done'`;
  const toDispatch = actor.dispatches
    ? sql`c.assignee is null and c.team is null and c.state in ('new', 'triaged', 'reopened')`
    : sql`false`;
  return sql<CaseLine & { because: string }>`
    select ${caseColumns}, ${lineColumns}, coalesce(${late(now)}, false) as overdue,
      case when ${mine} then 'assigned' when ${toConfirm} then 'to-confirm' else 'to-dispatch' end as because
    from ${sources}
    where c.organisation = ${scope.organisation} and ${inSubtrees(scope, 'c.place')} and c.ended_at is null
      and ((${mine}) or (${toConfirm}) or (${toDispatch}))
    order by c.priority, least(a.due_at, r.due_at) nulls last, c.opened_at limit ${limit}`;
}

/** How many cases stand in each state, for the board 工单看板. */
export const boardOf = (
  scope: Scope,
  filter: CaseFilter,
  now: Date,
): Query<{ kind: string; state: CaseState; count: number; overdue: number }> => sql`
  select c.kind, c.state, count(*)::int as count, (count(*) filter (where ${late(now)}))::int as overdue
  from ${sources} where ${sql.join(conditions(scope, filter, now), sql` and `)} group by c.kind, c.state order by c.kind, c.state`;
