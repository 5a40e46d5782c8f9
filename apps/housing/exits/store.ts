import { listing, trailIn } from '@keystead/apps/housing/handling';
import type { Scope } from '@keystead/contracts/access';
import { movePaths, type Query, sql, type Tx } from '@keystead/kernel/db';
import type { Exit, ExitFilter, ExitLine, ExitState } from './exit.ts';
import type { ExitKind } from './kinds.ts';
import type { Transition } from './transition.ts';

const columnNames = `x.id, x.number::int as number, x.organisation, x.place, x.household, x.household_name as "householdName", x.lease,
  x.lease_code as "leaseCode", x.house, x.kind, x.state, x.reason, x.source, x.leave_by::text as "leaveBy", x.opened_at as "openedAt",
  x.inspect_by as "inspectBy", x.settle_by as "settleBy", x.deposit_by as "depositBy", x.ended_at as "endedAt", x.inspection,
  x.settlement, x.handover, x.escalated, x.ack, x.acked_at as "ackedAt", x.confirmed_at as "confirmedAt",
  x.ground, x.finding, x.policy, x.transition, x.version`;
const columns = sql.raw(columnNames);
const line =
  sql.raw(`${columnNames}, l.name as "houseName", a.state as "leaseState", x.report_failure as "reportFailure"
  from exits.exit x left join places_pub.place l on l.id = x.house left join agreements_pub.agreement a on a.id = x.lease`);

/** A day of the stage it stands at has passed. */
const isLate = (at: Date) => sql<boolean>`((x.state in ('initiated', 'accepted') and x.inspect_by < ${at})
  or (x.state = 'inspected' and x.settle_by < ${at}))`;

const { inReach, matching, ordered } = listing({
  ...{ table: 'exits.exit', as: 'x', prefix: 'TZ', codes: ['lease_code'] },
  day: { column: 'leave_by', holds: 'date' },
});

export const exitById = (scope: Scope, id: string): Query<Exit> =>
  sql<Exit>`select ${columns} from exits.exit x where x.id = ${id} and ${inReach(scope)} for update`;

export const exits = (scope: Scope, { kind, lateAt, limit, ...of }: ExitFilter): Query<ExitLine> =>
  sql<ExitLine>`select ${line} where ${inReach(scope)} and ${matching(of)} ${kind ? sql`and x.kind = ${kind}` : sql``}
    ${lateAt ? sql`and ${isLate(lateAt)}` : sql``} ${ordered(of.on)} limit ${limit}`;

export const lineById = (scope: Scope, id: string): Query<ExitLine> =>
  sql<ExitLine>`select ${line} where x.id = ${id} and ${inReach(scope)}`;

export const exitCounts = (
  scope: Scope,
  at: Date,
): Query<{ kind: ExitKind; state: ExitState; count: number; late: number }> =>
  sql<{ kind: ExitKind; state: ExitState; count: number; late: number }>`
    select x.kind, x.state, count(*)::int as count, count(*) filter (where ${isLate(at)})::int as late from exits.exit x
    where ${inReach(scope)} group by 1, 2 order by 1, 2`;

export const trail = trailIn<ExitState>('exit', 'exits.step', 'exit');

export const supervisionOf = (organisation: string): Query<{ url: string }> =>
  sql<{ url: string }>`select url from exits.supervision where organisation = ${organisation}`;

export const exitsOf = (organisation: string, household: string): Query<Exit> =>
  sql<Exit>`select ${columns} from exits.exit x where x.organisation = ${organisation} and x.household = ${household}
    order by x.opened_at desc limit 20`;

export const add = (
  tx: Tx,
  x: Omit<
    Exit,
    | 'number'
    | 'endedAt'
    | 'inspection'
    | 'settlement'
    | 'handover'
    | 'escalated'
    | 'ack'
    | 'ackedAt'
    | 'confirmedAt'
    | 'transition'
    | 'version'
  >,
) =>
  tx.run(sql`insert into exits.exit (id, organisation, place, household, household_name, lease, lease_code, house, kind, state, reason,
      source, leave_by, opened_at, inspect_by, settle_by, deposit_by, ground, finding, policy)
    values (${x.id}, ${x.organisation}, ${x.place}, ${x.household}, ${x.householdName}, ${x.lease}, ${x.leaseCode}, ${x.house}, ${x.kind},
      ${x.state}, ${x.reason}, ${x.source}, ${x.leaveBy}::date, ${x.openedAt}, ${x.inspectBy}, ${x.settleBy}, ${x.depositBy},
      ${x.ground}, ${x.finding}, ${x.policy})
    on conflict do nothing`);

export const save = (tx: Tx, x: Exit, reportDue: Date | null) =>
  tx.run(sql`update exits.exit set state = ${x.state}, settle_by = ${x.settleBy}, deposit_by = ${x.depositBy}, ended_at = ${x.endedAt},
    inspection = ${x.inspection && JSON.stringify(x.inspection)}, settlement = ${x.settlement && JSON.stringify(x.settlement)},
    handover = ${x.handover}, escalated = ${x.escalated}, report_due = ${reportDue}, ack = ${x.ack}, acked_at = ${x.ackedAt},
    version = version + 1 where id = ${x.id}`);

/** Changes no version: whoever is about to take a step takes it all the same. */
export const saveTransition = (tx: Tx, id: string, transition: Transition | null) =>
  tx.run(sql`update exits.exit set transition = ${transition && JSON.stringify(transition)} where id = ${id}`);

/** On their way out, past the day to leave by, and still at the rent of the contract; what the market rent of the home is may be missing. */
export const staying = (today: string): Query<{ id: string; organisation: string }> =>
  sql<{ id: string; organisation: string }>`select id, organisation from exits.exit
    where state in ('initiated', 'accepted', 'inspected') and transition is null and leave_by < ${today}::date order by leave_by, id limit 1000`;

export const confirm = (tx: Tx, id: string, at: Date) =>
  tx.run(sql`update exits.exit set confirmed_at = ${at}, version = version + 1 where id = ${id}`);

export const underWay = (lease: string): Query<{ id: string }> =>
  sql<{ id: string }>`select id from exits.exit where lease = ${lease} and state <> 'cancelled'`;

export const late = (at: Date): Query<Exit> =>
  sql<Exit>`select ${columns} from exits.exit x where (x.state in ('initiated', 'accepted') and x.inspect_by < ${at}
      and x.escalated is distinct from 'inspection')
    or (x.state = 'inspected' and x.settle_by < ${at} and x.escalated is distinct from 'settlement') order by x.inspect_by limit 500`;

export const unreported = (at: Date): Query<Exit & { url: string | null; tries: number }> =>
  sql<Exit & { url: string | null; tries: number }>`select ${columns}, s.url, x.report_tries as tries from exits.exit x
    join exits.supervision s on s.organisation = x.organisation
    where x.report_due is not null and x.report_due <= ${at} order by x.report_due limit 100`;

export const failed = (tx: Tx, id: string, failure: string, again: Date) =>
  tx.run(
    sql`update exits.exit set report_tries = report_tries + 1, report_failure = ${failure}, report_due = ${again} where id = ${id}`,
  );

export const setSupervision = (tx: Tx, organisation: string, url: string, at: Date) =>
  tx.run(sql`insert into exits.supervision (organisation, url, changed_at) values (${organisation}, ${url}, ${at})
    on conflict (organisation) do update set url = excluded.url, changed_at = excluded.changed_at`);

export async function movePlaces(tx: Tx, organisation: string, from: string, to: string): Promise<void> {
  for (const table of ['exits.exit', 'exits.step']) await movePaths(tx, table, 'place', organisation, from, to);
}
