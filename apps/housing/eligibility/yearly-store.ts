import type { OrganisationId, Scope } from '@keystead/contracts/access';
import { inSubtrees, type Query, sql } from '@keystead/kernel/db';

/** Organisations that have leases in force. */
export const lettingOrganisations: Query<{ organisation: OrganisationId }> = sql<{ organisation: OrganisationId }>`
  select distinct organisation from agreements_pub.agreement where kind = 'lease' and state in ('effective', 'expiring', 'holdover')`;

/** What a pack says of yearly reviews at a place and all below it. */
export interface YearlyRule {
  readonly place: string;
  readonly pack: string;
  readonly months: number;
  /** A review whose day lies before this one is near (local date). */
  readonly near: string;
  /** By when a review is answered whose day has passed already. */
  readonly answerBy: string;
}

/** Which yearly reviews are meant: up to a day, or as near as the pack of each place says; or both. */
export interface YearlySpan {
  readonly today: string;
  readonly before: string | null;
  readonly near: boolean;
}

/**
 * Leases `a` in force with their tenant `p`, the rule `r` of the nearest place above, and the day `n.day` the next yearly review is
 * due: so many months after the last decision about the household while it lives there (an early one counts from the day it was
 * for), else at the next turn of so many months since the lease began. Those that have an open one, or one for the day, are left.
 */
const nextOnes = (
  { organisation, ...scope }: Scope,
  rules: readonly YearlyRule[],
  { today, before, near }: YearlySpan,
) => sql`
  from agreements_pub.agreement a
    join lateral (select party, name from agreements_pub.party p where p.agreement = a.id and p.role = 'tenant' order by party limit 1) p on true
    cross join lateral (
      select r.*, make_interval(months => r.months) as span
      from json_to_recordset(${JSON.stringify(rules)}::json) as r(place text, pack uuid, months int, near date, "answerBy" timestamptz)
      where starts_with(a.place, r.place) order by length(r.place) desc limit 1) r
    cross join lateral (
      select max(case when d.day + r.span <= d.cycle then d.cycle else d.day end) as day
      from (select (decided_at at time zone 'Asia/Shanghai')::date as day, cycle from eligibility.application
        where organisation = a.organisation and household = p.party and state = 'approved') d
      where d.day >= a.starts_on) d
    cross join lateral (
      select (extract(year from age(${today}::date, a.starts_on)) * 12 + extract(month from age(${today}::date, a.starts_on)))::int as lived) m
    cross join lateral (
      select coalesce(d.day + r.span, a.starts_on + greatest(m.lived / r.months + 1, 1) * r.span)::date as day) n
  where a.organisation = ${organisation} and ${inSubtrees({ organisation, ...scope }, 'a.place')} and a.kind = 'lease'
    and a.state in ('effective', 'expiring', 'holdover')
    and n.day < coalesce(${before}::date, 'infinity'::date) and (not ${near}::boolean or n.day < r.near)
    and not exists (select from eligibility.application o where o.lease = a.id and o.kind = 'annual' and (o.ended_at is null or o.cycle = n.day))`;

/** Opens them all at once; the subtrees of the scope hold, as everywhere. `ids` are made by the database, ordered by time. */
export const openYearly = (
  scope: Scope,
  rules: readonly YearlyRule[],
  span: YearlySpan,
  at: Date,
): Query<{ id: string; household: string; place: string }> =>
  sql<{ id: string; household: string; place: string }>`
    insert into eligibility.application (id, organisation, place, household, kind, state, due_at, due_policy, lease, cycle, opened_at)
    select uuidv7(), a.organisation, a.place, p.party, 'annual', 'submitted',
      case when n.day > ${span.today}::date then n.day::timestamp at time zone 'Asia/Shanghai' else r."answerBy" end, r.pack, a.id, n.day, ${at}
    ${nextOnes(scope, rules, span)}
    on conflict (lease, cycle) where kind = 'annual' do nothing
    returning id, household, place`;

export interface NextYearly {
  readonly lease: string;
  readonly code: string;
  readonly day: string;
  readonly household: string;
  readonly name: string;
  readonly total: number;
}

/** What `openYearly` would open, the first of them by day; nothing is opened. */
export const yearlyAhead = (
  scope: Scope,
  rules: readonly YearlyRule[],
  span: YearlySpan,
  limit: number,
): Query<NextYearly> =>
  sql<NextYearly>`select a.id as lease, a.code, n.day::text as day, p.party as household, p.name, count(*) over ()::int as total
    ${nextOnes(scope, rules, span)} order by n.day, a.code limit ${limit}`;
