import { listing, trailIn } from '@keystead/apps/housing/handling';
import type { Scope } from '@keystead/contracts/access';
import { movePaths, type Query, sql, type Tx } from '@keystead/kernel/db';
import type { Handover, Process, ProcessFilter, ProcessLine, ProcessState } from './process.ts';

const columnNames = `p.id, p.number::int as number, p.organisation, p.place, p.household, p.household_name as "householdName", p.house, p.plan,
  p.state, p.lease, p.opened_at as "openedAt", p.contract_at as "contractAt", p.checked_in_at as "checkedInAt", p.appointment_at as "appointmentAt",
  p.version`;
const columns = sql.raw(columnNames);

const { inReach, matching, ordered } = listing({
  ...{ table: 'movein.process', as: 'p', prefix: 'RZ' },
  day: { column: 'appointment_at', holds: 'moment' },
});

export const processById = (scope: Scope, id: string): Query<Process> =>
  sql<Process>`select ${columns} from movein.process p where p.id = ${id} and ${inReach(scope)} for update`;

const line = sql.raw(`${columnNames}, l.name as "houseName", a.code as "leaseCode", a.state as "leaseState"
  from movein.process p left join places_pub.place l on l.id = p.house left join agreements_pub.agreement a on a.id = p.lease`);

export const processes = (scope: Scope, { limit, ...of }: ProcessFilter): Query<ProcessLine> =>
  sql<ProcessLine>`select ${line} where ${inReach(scope)} and ${matching(of)} ${ordered(of.on)} limit ${limit}`;

export const lineById = (scope: Scope, id: string): Query<ProcessLine> =>
  sql<ProcessLine>`select ${line} where p.id = ${id} and ${inReach(scope)}`;

export const processCounts = (scope: Scope): Query<{ state: ProcessState; count: number }> =>
  sql<{ state: ProcessState; count: number }>`select p.state, count(*)::int as count from movein.process p
    where ${inReach(scope)} group by 1`;

export const trail = trailIn<ProcessState>('move-in', 'movein.step', 'process');

/** Of one household, wherever the house lies. */
export const processesOf = (organisation: string, household: string): Query<Process> =>
  sql<Process>`select ${columns} from movein.process p where p.organisation = ${organisation} and p.household = ${household}
    and p.state <> 'cancelled' order by p.opened_at desc limit 20`;

/** Of one household, on the way and not signed by both. */
export const unsignedOf = (organisation: string, household: string): Query<{ id: string }> =>
  sql<{ id: string }>`select p.id from movein.process p left join agreements_pub.agreement a on a.id = p.lease
    where p.organisation = ${organisation} and p.household = ${household} and (p.state = 'allocated'
      or (p.state = 'contract' and a.state in ('draft', 'pending-tenant', 'pending-lessor'))) order by p.opened_at, p.id`;

export const add = (
  tx: Tx,
  p: Omit<Process, 'number' | 'lease' | 'contractAt' | 'checkedInAt' | 'appointmentAt' | 'version'>,
) =>
  tx.run(sql`insert into movein.process (id, organisation, place, household, household_name, house, plan, state, opened_at)
    values (${p.id}, ${p.organisation}, ${p.place}, ${p.household}, ${p.householdName}, ${p.house}, ${p.plan}, ${p.state}, ${p.openedAt})
    on conflict do nothing`);

export const save = (tx: Tx, p: Process) =>
  tx.run(sql`update movein.process set state = ${p.state}, lease = ${p.lease}, contract_at = ${p.contractAt},
    checked_in_at = ${p.checkedInAt}, appointment_at = ${p.appointmentAt}, version = version + 1 where id = ${p.id}`);

export const handoverOf = (process: string): Query<Handover> =>
  sql<Handover>`select id, at, readings, furniture, photos, actor_name as "actorName" from movein.handover where process = ${process}`;

/** Readings a lease began with. */
export const readingsOf = (lease: string): Query<{ readings: Record<string, number> }> =>
  sql<{
    readings: Record<string, number>;
  }>`select h.readings from movein.handover h join movein.process p on p.id = h.process
    where p.lease = ${lease}`;

export const addHandover = (tx: Tx, of: Process, h: Handover, actor: string) =>
  tx.run(sql`insert into movein.handover (id, process, organisation, place, at, readings, furniture, photos, actor, actor_name)
    values (${h.id}, ${of.id}, ${of.organisation}, ${of.place}, ${h.at}, ${JSON.stringify(h.readings)}, ${JSON.stringify(h.furniture)},
      ${[...h.photos]}::uuid[], ${actor}, ${h.actorName})`);

export const lessorOf = (organisation: string): Query<{ party: string; name: string }> =>
  sql<{ party: string; name: string }>`select party, name from movein.lessor where organisation = ${organisation}`;

export const setLessor = (tx: Tx, organisation: string, lessor: { party: string; name: string }, at: Date) =>
  tx.run(sql`insert into movein.lessor (organisation, party, name, changed_at) values (${organisation}, ${lessor.party}, ${lessor.name}, ${at})
    on conflict (organisation) do update set party = excluded.party, name = excluded.name, changed_at = excluded.changed_at`);

export async function movePlaces(tx: Tx, organisation: string, from: string, to: string): Promise<void> {
  for (const table of ['movein.process', 'movein.handover', 'movein.step'])
    await movePaths(tx, table, 'place', organisation, from, to);
}
