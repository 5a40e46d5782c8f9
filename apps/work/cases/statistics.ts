import type { Scope } from '@keystead/contracts/access';
import { inSubtrees, type Query, sql } from '@keystead/kernel/db';

/** Figures of the cases opened in [from, to), by kind. Times are plain seconds, medians beside means. */
export interface KindFigures {
  kind: string;
  opened: number;
  done: number;
  cancelled: number;
  reopened: number;
  /** Mean seconds from opening to acceptance (MTTA) and to done (MTTR); null when there was none. */
  meanToAccept: number | null;
  meanToDone: number | null;
  medianToDone: number | null;
  /** Cases whose clock reached its aim, and how many of them in time. */
  answered: number;
  answeredInTime: number;
  resolved: number;
  resolvedInTime: number;
  ratings: number;
  meanRating: number | null;
}

const seconds = (from: string, to: string) => sql.raw(`extract(epoch from (${to} - ${from}))::float8`);

export function figuresOf(
  scope: Scope,
  period: { from: Date; to: Date; kind?: string; place?: { lo: string; hi: string } },
): Query<KindFigures> {
  const place = period.place
    ? sql`c.place >= ${period.place.lo} collate "C" and c.place < ${period.place.hi} collate "C"`
    : sql`true`;
  // A cancelled case met nobody's promise and broke none.
  return sql<KindFigures>`
    select c.kind, count(*)::int as opened,
      count(*) filter (where c.done_at is not null and c.state <> 'cancelled')::int as done,
      count(*) filter (where c.state = 'cancelled')::int as cancelled,
      sum(c.reopened)::int as reopened,
      avg(${seconds('c.opened_at', 'c.accepted_at')}) as "meanToAccept",
      avg(${seconds('c.opened_at', 'c.done_at')}) filter (where c.state <> 'cancelled') as "meanToDone",
      percentile_cont(0.5) within group (order by ${seconds('c.opened_at', 'c.done_at')})
        filter (where c.done_at is not null and c.state <> 'cancelled') as "medianToDone",
      count(*) filter (where a.stopped_at is not null and c.state <> 'cancelled')::int as answered,
      count(*) filter (where a.stopped_at is not null and a.breached_at is null and c.state <> 'cancelled')::int as "answeredInTime",
      count(*) filter (where r.stopped_at is not null and c.state <> 'cancelled')::int as resolved,
      count(*) filter (where r.stopped_at is not null and r.breached_at is null and c.state <> 'cancelled')::int as "resolvedInTime",
      count(c.rating)::int as ratings, avg(c.rating)::float8 as "meanRating"
    from cases.case c
    left join cases.clock a on a.case_id = c.id and a.name = 'response'
    left join cases.clock r on r.case_id = c.id and r.name = 'resolution'
    where c.organisation = ${scope.organisation} and ${inSubtrees(scope, 'c.place')} and ${place}
      and c.opened_at >= ${period.from} and c.opened_at < ${period.to}
      and ${period.kind ? sql`c.kind = ${period.kind}` : sql`true`}
    group by c.kind order by c.kind`;
}
