import type { Actor, OrganisationId, Scope } from '@keystead/contracts/access';
import { inSubtrees, movePaths, type Query, sql, type Tx } from '@keystead/kernel/db';
import type { Cursor } from '@keystead/kernel/http';
import type { ReviewKind, ReviewState, ReviewStep } from './course.ts';
import type { InquiryRow, Review, SourceKind, Standing } from './review.ts';

const columns = sql`a.id, a.number, a.organisation, a.place, a.household, a.kind, a.category, a.state, a.area::float8 as area, a.inputs, a.policy,
  a.because, a.reason, a.publicity_until as "publicityUntil", a.appeal_until as "appealUntil", a.due_at as "dueAt", a.due_policy as "duePolicy",
  a.remind_at as "remindAt", a.escalated_at as "escalatedAt", a.cycle::text as cycle, a.lease,
  a.opened_at as "openedAt", a.decided_at as "decidedAt", a.ended_at as "endedAt", a.version`;

const inView = (scope: Scope) => sql`a.organisation = ${scope.organisation} and ${inSubtrees(scope, 'a.place')}`;

export const reviewById = (scope: Scope, id: string): Query<Review> =>
  sql<Review>`select ${columns} from eligibility.application a where a.id = ${id} and ${inView(scope)} for update`;

export interface ReviewFilter {
  readonly kind?: ReviewKind;
  readonly state?: ReviewState;
  readonly household?: string;
  /** Staff owe an answer since before this moment. */
  readonly overdueAt?: Date;
  readonly after?: Cursor;
  readonly limit: number;
}

/** Its day passed, and it waits neither for its end, nor for papers of the household, nor for objections. */
const lateAt = (at: Date) =>
  sql`(a.ended_at is null and a.state not in ('supplement', 'publicity') and a.due_at < ${at})`;

const matching = (
  scope: Scope,
  { kind, state, household, overdueAt }: Omit<ReviewFilter, 'after' | 'limit'>,
) => sql`${inView(scope)}
  ${kind ? sql`and a.kind = ${kind}` : sql``}
  ${state ? sql`and a.state = ${state}` : sql``}
  ${household ? sql`and a.household = ${household}` : sql``}
  ${overdueAt ? sql`and ${lateAt(overdueAt)}` : sql``}`;

export const reviews = (scope: Scope, filter: ReviewFilter): Query<Review> =>
  sql<Review>`select ${columns} from eligibility.application a where ${matching(scope, filter)}
    ${filter.after ? sql`and (a.opened_at, a.id) < (${filter.after.at}, ${filter.after.id}::uuid)` : sql``}
    order by a.opened_at desc, a.id desc limit ${filter.limit}`;

/** How many there are in each state, and how many of them are late. */
export const board = (scope: Scope, at: Date) =>
  sql<{ kind: ReviewKind; state: ReviewState; count: number; overdue: number }>`
    select a.kind, a.state, count(*)::int as count,
      (count(*) filter (where ${lateAt(at)}))::int as overdue
    from eligibility.application a where ${inView(scope)} group by a.kind, a.state order by a.kind, a.state`;

export const publicityOver = (at: Date, limit: number): Query<Due> =>
  sql<Due>`select id, organisation from eligibility.application
    where state = 'publicity' and publicity_until <= ${at} order by publicity_until limit ${limit}`;

type Due = { id: string; organisation: OrganisationId };
/** Days set before packs were kept with them end nothing. */
export const papersOver = (at: Date, limit: number): Query<Due> =>
  sql<Due>`select id, organisation from eligibility.application
    where state = 'supplement' and due_policy is not null and due_at <= ${at} order by due_at limit ${limit}`;
export const papersNear = (at: Date, limit: number): Query<Due> =>
  sql<Due>`select id, organisation from eligibility.application where remind_at <= ${at} order by remind_at limit ${limit}`;
export const unanswered = (at: Date, limit: number): Query<Due> =>
  sql<Due>`select a.id, a.organisation from eligibility.application a
    where ${lateAt(at)} and a.escalated_at is null and a.kind <> 'annual' order by a.due_at limit ${limit}`;

export const reminded = (tx: Tx, id: string): Promise<number> =>
  tx.run(sql`update eligibility.application set remind_at = null where id = ${id}`);
export const escalated = (tx: Tx, id: string, at: Date): Promise<number> =>
  tx.run(sql`update eligibility.application set escalated_at = ${at} where id = ${id}`);
/** Nobody has acted since staff were told. */
export const stillLate = (id: string): Query<{ id: string }> =>
  sql<{
    id: string;
  }>`select id from eligibility.application where id = ${id} and ended_at is null and escalated_at is not null`;

/** Decided ones of a span that kept what they went by, for a replay. */
export const decidedIn = (scope: Scope, from: Date, to: Date, limit: number): Query<Review> =>
  sql<Review>`select ${columns} from eligibility.application a where ${inView(scope)} and a.inputs is not null
    and a.state in ('approved', 'refused') and a.decided_at >= ${from} and a.decided_at < ${to} order by a.decided_at, a.id limit ${limit}`;

export const addReview = (tx: Tx, row: Omit<Review, 'number'>): Promise<number> =>
  tx.run(sql`insert into eligibility.application (id, organisation, place, household, kind, category, state, area, due_at, opened_at)
    values (${row.id}, ${row.organisation}, ${row.place}, ${row.household}, ${row.kind}, ${row.category}, ${row.state}, ${row.area}, ${row.dueAt},
      ${row.openedAt})
    on conflict do nothing`);

export const saveReview = (tx: Tx, row: Review): Promise<number> =>
  tx.run(sql`update eligibility.application set state = ${row.state}, area = ${row.area}, inputs = ${row.inputs}, policy = ${row.policy},
    because = ${row.because}, reason = ${row.reason}, publicity_until = ${row.publicityUntil}, appeal_until = ${row.appealUntil},
    due_at = ${row.dueAt}, due_policy = ${row.duePolicy}, remind_at = ${row.remindAt}, escalated_at = ${row.escalatedAt}, decided_at = ${row.decidedAt}, ended_at = ${row.endedAt}, version = version + 1 where id = ${row.id}`);

export interface HistoryLine {
  readonly at: Date;
  readonly step: ReviewStep | 'open';
  readonly from: string;
  readonly to: string;
  readonly actor: string;
  readonly actorName: string;
  readonly reason: string | null;
}

export const addHistory = (
  tx: Tx,
  of: Pick<Review, 'id' | 'organisation'>,
  actor: Actor,
  line: Omit<HistoryLine, 'actor' | 'actorName'>,
) =>
  tx.run(sql`insert into eligibility.history (application, organisation, number, at, step, from_state, to_state, actor, actor_name, reason)
    select ${of.id}, ${of.organisation}, coalesce(max(number), 0) + 1, ${line.at}, ${line.step}, ${line.from}, ${line.to},
      ${actor.id}, ${actor.name}, ${line.reason} from eligibility.history where application = ${of.id}`);

export const historyOf = (id: string): Query<HistoryLine> =>
  sql<HistoryLine>`select at, step, from_state as "from", to_state as "to", actor, actor_name as "actorName", reason
    from eligibility.history where application = ${id} order by number`;

const inquiryColumns = sql`i.id, i.application, i.person, i.source, i.state, i.differs, i.answered_at as "answeredAt", i.waived_reason as "waivedReason"`;

export const inquiriesOf = (application: string): Query<InquiryRow> =>
  sql<InquiryRow>`select ${inquiryColumns} from eligibility.inquiry i where i.application = ${application} order by i.source, i.person`;

export const addInquiry = (
  tx: Tx,
  id: string,
  of: Review,
  person: string,
  source: SourceKind,
  at: Date,
): Promise<number> =>
  tx.run(sql`insert into eligibility.inquiry (id, application, organisation, person, source, state, next_at)
    values (${id}, ${of.id}, ${of.organisation}, ${person}, ${source}, 'pending', ${at})
    on conflict (application, person, source) do update set state = 'pending', attempts = 0, next_at = excluded.next_at, differs = '{}',
      answer = null, waived_reason = null, answered_at = null`);

export const waiveInquiry = (tx: Tx, application: string, id: string, reason: string): Promise<number> =>
  tx.run(sql`update eligibility.inquiry set state = 'waived', waived_reason = ${reason}
    where id = ${id} and application = ${application} and state <> 'agrees'`);

const standingColumns = sql`s.household, s.status, s.application, s.valid_until as "validUntil", s.lost_at as "lostAt",
  s.move_out_by as "moveOutBy", s.appeal_by as "appealBy"`;

export const standingOf = (scope: Scope, household: string): Query<Standing> =>
  sql<Standing>`select ${standingColumns} from eligibility.standing s where s.household = ${household}
    and s.organisation = ${scope.organisation} and ${inSubtrees(scope, 's.place')}`;

export const saveStanding = (
  tx: Tx,
  of: Pick<Review, 'organisation' | 'place'>,
  s: Standing,
  at: Date,
): Promise<number> =>
  tx.run(sql`insert into eligibility.standing (household, organisation, place, status, application, valid_until, lost_at, move_out_by, appeal_by, changed_at)
    values (${s.household}, ${of.organisation}, ${of.place}, ${s.status}, ${s.application}, ${s.validUntil}, ${s.lostAt}, ${s.moveOutBy},
      ${s.appealBy}, ${at})
    on conflict (household) do update set status = excluded.status, application = excluded.application, valid_until = excluded.valid_until,
      lost_at = excluded.lost_at, move_out_by = excluded.move_out_by, appeal_by = excluded.appeal_by, place = excluded.place, changed_at = excluded.changed_at`);

/** The rows of one organisation below `from` are now below `to`. */
export async function movePlaces(tx: Tx, organisation: string, from: string, to: string): Promise<void> {
  for (const table of ['eligibility.application', 'eligibility.standing', 'eligibility.sanction'])
    await movePaths(tx, table, 'place', organisation, from, to);
}
