import type { Actor, OrganisationId, Scope } from '@keystead/contracts/access';
import { inSubtrees, movePaths, type Query, sql, type Tx } from '@keystead/kernel/db';
import type { Cursor } from '@keystead/kernel/http';
import type { ReviewKind, ReviewState, ReviewStep } from './course.ts';
import type { InquiryRow, Review, SourceKind, Standing } from './review.ts';

const columns = sql`a.id, a.number, a.organisation, a.place, a.household, a.kind, a.category, a.state, a.area::float8 as area, a.inputs, a.policy,
  a.because, a.reason, a.publicity_until as "publicityUntil", a.appeal_until as "appealUntil", a.due_at as "dueAt", a.lease,
  a.opened_at as "openedAt", a.decided_at as "decidedAt", a.ended_at as "endedAt", a.version`;

const inView = (scope: Scope) => sql`a.organisation = ${scope.organisation} and ${inSubtrees(scope, 'a.place')}`;

export const reviewById = (scope: Scope, id: string): Query<Review> =>
  sql<Review>`select ${columns} from eligibility.application a where a.id = ${id} and ${inView(scope)} for update`;

export interface ReviewFilter {
  readonly kind?: ReviewKind;
  readonly state?: ReviewState;
  readonly household?: string;
  /** Not ended, and due before this moment. */
  readonly overdueAt?: Date;
  readonly after?: Cursor;
  readonly limit: number;
}

const matching = (
  scope: Scope,
  { kind, state, household, overdueAt }: Omit<ReviewFilter, 'after' | 'limit'>,
) => sql`${inView(scope)}
  ${kind ? sql`and a.kind = ${kind}` : sql``}
  ${state ? sql`and a.state = ${state}` : sql``}
  ${household ? sql`and a.household = ${household}` : sql``}
  ${overdueAt ? sql`and a.ended_at is null and a.due_at < ${overdueAt}` : sql``}`;

export const reviews = (scope: Scope, filter: ReviewFilter): Query<Review> =>
  sql<Review>`select ${columns} from eligibility.application a where ${matching(scope, filter)}
    ${filter.after ? sql`and (a.opened_at, a.id) < (${filter.after.at}, ${filter.after.id}::uuid)` : sql``}
    order by a.opened_at desc, a.id desc limit ${filter.limit}`;

/** How many there are in each state, and how many of them are late. */
export const board = (scope: Scope, at: Date) =>
  sql<{ kind: ReviewKind; state: ReviewState; count: number; overdue: number }>`
    select a.kind, a.state, count(*)::int as count,
      (count(*) filter (where a.ended_at is null and a.due_at < ${at}))::int as overdue
    from eligibility.application a where ${inView(scope)} group by a.kind, a.state order by a.kind, a.state`;

export const publicityOver = (at: Date, limit: number): Query<{ id: string; organisation: OrganisationId }> =>
  sql<{ id: string; organisation: OrganisationId }>`select id, organisation from eligibility.application
    where state = 'publicity' and publicity_until <= ${at} order by publicity_until limit ${limit}`;

/** Organisations that have leases in force. */
export const lettingOrganisations: Query<{ organisation: OrganisationId }> = sql<{ organisation: OrganisationId }>`
  select distinct organisation from agreements_pub.agreement where kind = 'lease' and state in ('effective', 'expiring', 'holdover')`;

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
    due_at = ${row.dueAt}, decided_at = ${row.decidedAt}, ended_at = ${row.endedAt}, version = version + 1 where id = ${row.id}`);

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

/**
 * Opens a yearly review for every lease in force whose next anniversary is before a day, all at once; those that have one
 * for it are left. The subtrees of the scope hold, as everywhere. `ids` are made by the database, ordered by time.
 */
export const openYearly = (
  scope: Scope,
  today: string,
  before: string,
  at: Date,
): Query<{ id: string; household: string; place: string }> =>
  sql<{ id: string; household: string; place: string }>`
    insert into eligibility.application (id, organisation, place, household, kind, state, due_at, lease, cycle, opened_at)
    select uuidv7(), a.organisation, a.place, p.party, 'annual', 'submitted', (n.day::timestamp at time zone 'Asia/Shanghai'), a.id, n.day, ${at}
    from agreements_pub.agreement a
      join lateral (select party from agreements_pub.party p where p.agreement = a.id and p.role = 'tenant' order by party limit 1) p on true
      cross join lateral (
        select (a.starts_on + make_interval(years => 1 + extract(year from age(${today}::date, a.starts_on))::int))::date as day) n
    where a.organisation = ${scope.organisation} and ${inSubtrees(scope, 'a.place')} and a.kind = 'lease'
      and a.state in ('effective', 'expiring', 'holdover') and n.day < ${before}::date
    on conflict (lease, cycle) where kind = 'annual' do nothing
    returning id, household, place`;

/** What `openYearly` would open, the first of them by day; nothing is opened. */
export const yearlyAhead = (
  scope: Scope,
  today: string,
  before: string,
  limit: number,
): Query<{ lease: string; code: string; day: string; household: string; name: string; total: number }> => sql<{
  lease: string;
  code: string;
  day: string;
  household: string;
  name: string;
  total: number;
}>`
  select a.id as lease, a.code, n.day::text as day, p.party as household, p.name, count(*) over ()::int as total
  from agreements_pub.agreement a
    join lateral (select party, name from agreements_pub.party p where p.agreement = a.id and p.role = 'tenant' order by party limit 1) p on true
    cross join lateral (
      select (a.starts_on + make_interval(years => 1 + extract(year from age(${today}::date, a.starts_on))::int))::date as day) n
  where a.organisation = ${scope.organisation} and ${inSubtrees(scope, 'a.place')} and a.kind = 'lease'
    and a.state in ('effective', 'expiring', 'holdover') and n.day < ${before}::date
    and not exists (select from eligibility.application r where r.lease = a.id and r.kind = 'annual' and r.cycle = n.day)
  order by n.day, a.code limit ${limit}`;

/** Leases in force that have no yearly review for their next anniversary. */
export const leasesWithoutReview = (scope: Scope, today: string, before: string): Query<{ count: number }> => sql<{
  count: number;
}>`
  select count(*)::int as count from agreements_pub.agreement a
  where a.organisation = ${scope.organisation} and ${inSubtrees(scope, 'a.place')} and a.kind = 'lease'
    and a.state in ('effective', 'expiring', 'holdover')
    and (a.starts_on + make_interval(years => 1 + extract(year from age(${today}::date, a.starts_on))::int))::date < ${before}::date
    and not exists (select 1 from eligibility.application r where r.lease = a.id and r.kind = 'annual'
      and r.cycle = (a.starts_on + make_interval(years => 1 + extract(year from age(${today}::date, a.starts_on))::int))::date)`;

/** The rows of one organisation below `from` are now below `to`. */
export async function movePlaces(tx: Tx, organisation: string, from: string, to: string): Promise<void> {
  for (const table of ['eligibility.application', 'eligibility.standing'])
    await movePaths(tx, table, 'place', organisation, from, to);
}
