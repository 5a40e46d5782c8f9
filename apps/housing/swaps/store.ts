import type { Scope } from '@keystead/contracts/access';
import { inSubtrees, movePaths, type Query, sql, type Tx } from '@keystead/kernel/db';
import { openStates, type Swap, type SwapSide, type SwapState } from './swap.ts';

const columns =
  sql.raw(`s.id, s.number::int as number, s.organisation, s.place, s.kind, s.state, s.reason, s.wish, s.change_on::text as "changeOn",
  s.worked, s.note, s.notice, s.opened_at as "openedAt", s.decided_at as "decidedAt", s.ended_at as "endedAt", s.version,
  (select json_agg(json_build_object('number', d.number, 'household', d.household, 'name', d.name, 'lease', d.lease,
      'leaseCode', d.lease_code, 'house', d.house, 'houseName', d.house_name, 'newHouse', d.new_house, 'newHouseName', d.new_house_name,
      'newLease', d.new_lease, 'agreedAt', d.agreed_at, 'readings', d.readings, 'carried', d.carried) order by d.number)
    from swaps.side d where d.swap = s.id) as sides`);

const inView = (scope: Scope) => sql`s.organisation = ${scope.organisation} and ${inSubtrees(scope, 's.place')}`;

export const swapById = (scope: Scope, id: string): Query<Swap> =>
  sql<Swap>`select ${columns} from swaps.swap s where s.id = ${id} and ${inView(scope)} for update of s`;

export const swaps = (scope: Scope, filter: { state?: SwapState | undefined; limit: number }): Query<Swap> =>
  sql<Swap>`select ${columns} from swaps.swap s where ${inView(scope)} ${filter.state ? sql`and s.state = ${filter.state}` : sql``}
    order by s.opened_at desc, s.id desc limit ${filter.limit}`;

export const swapCounts = (scope: Scope): Query<{ state: SwapState; count: number }> =>
  sql<{
    state: SwapState;
    count: number;
  }>`select s.state, count(*)::int as count from swaps.swap s where ${inView(scope)} group by 1`;

/** In which a household takes part, newest first. */
export const swapsOf = (organisation: string, household: string): Query<Swap> =>
  sql<Swap>`select ${columns} from swaps.swap s where s.organisation = ${organisation}
    and exists (select from swaps.side d where d.swap = s.id and d.household = ${household}) order by s.opened_at desc limit 20`;

/** Not ended, with one of these leases in it, old or new. */
export const openWith = (lease: string): Query<Swap> =>
  sql<Swap>`select ${columns} from swaps.swap s where s.state = any(${[...openStates]})
    and exists (select from swaps.side d where d.swap = s.id and (d.lease = ${lease} or d.new_lease = ${lease}))
    order by s.opened_at limit 10 for update of s`;

export const due = (today: string): Query<{ id: string; organisation: string; state: SwapState }> =>
  sql<{ id: string; organisation: string; state: SwapState }>`select id, organisation, state from swaps.swap
    where state in ('approved', 'scheduled', 'changing') and change_on <= ${today}::date order by change_on, id limit 500`;

export async function add(tx: Tx, x: Omit<Swap, 'number' | 'version'>): Promise<void> {
  await tx.run(sql`insert into swaps.swap (id, organisation, place, kind, state, reason, wish, opened_at)
    values (${x.id}, ${x.organisation}, ${x.place}, ${x.kind}, ${x.state}, ${x.reason}, ${JSON.stringify(x.wish)}, ${x.openedAt})`);
  for (const d of x.sides)
    await tx.run(sql`insert into swaps.side (swap, number, organisation, household, name, lease, lease_code, house, house_name, agreed_at)
      values (${x.id}, ${d.number}, ${x.organisation}, ${d.household}, ${d.name}, ${d.lease}, ${d.leaseCode}, ${d.house}, ${d.houseName}, ${d.agreedAt})`);
}

export const save = (tx: Tx, x: Swap) =>
  tx.run(sql`update swaps.swap set state = ${x.state}, change_on = ${x.changeOn}::date, worked = ${[...x.worked]}, note = ${x.note},
    notice = ${x.notice && JSON.stringify(x.notice)},
    decided_at = ${x.decidedAt}, ended_at = ${x.endedAt}, version = version + 1 where id = ${x.id}`);

export const saveSide = (tx: Tx, swap: string, d: SwapSide) =>
  tx.run(sql`update swaps.side set new_house = ${d.newHouse}, new_house_name = ${d.newHouseName}, new_lease = ${d.newLease},
    agreed_at = ${d.agreedAt}, readings = ${d.readings && JSON.stringify(d.readings)}, carried = ${d.carried}
    where swap = ${swap} and number = ${d.number}`);

/** One request after another for a lease. */
export const lockLease = (tx: Tx, lease: string) =>
  tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`swaps:${lease}`}, 0))`);

/** Charges of a lease that are past their day. */
export const owedPast = (lease: string, today: string): Query<{ open: number }> =>
  sql<{ open: number }>`select coalesce(sum(amount - settled - waived), 0)::bigint as open from ledger_pub.charge
    where agreement = ${lease} and reversed_at is null and settled + waived < amount and due_on < ${today}::date`;

/** A lease that runs, by the number on its paper. */
export const leaseByCode = (organisation: string, code: string): Query<{ id: string }> =>
  sql<{
    id: string;
  }>`select id from agreements_pub.agreement where organisation = ${organisation} and kind = 'lease' and code = ${code}
    and state in ('effective', 'expiring')`;

export const movePlaces = (tx: Tx, organisation: string, from: string, to: string): Promise<unknown> =>
  movePaths(tx, 'swaps.swap', 'place', organisation, from, to);
