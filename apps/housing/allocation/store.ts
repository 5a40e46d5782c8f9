import type { Scope } from '@keystead/contracts/access';
import { inSubtrees, movePaths, type Query, sql, type Tx } from '@keystead/kernel/db';
import type { Entry, EntryFilter, Intent, IntentLine, Plan, PlanHouse, PlanState } from './plan.ts';

export const entryColumns =
  sql.raw(`e.id, e.number::int as number, e.organisation, e.place, e.household, e.category, e.priority::int as priority, e.score, e.since, e.until,
  e.state, e.declines::int as declines, e.bar_code as "endedBy", e.version`);

export const entryById = (scope: Scope, id: string): Query<Entry> =>
  sql<Entry>`select ${entryColumns} from allocation.entry e where e.id = ${id} and e.organisation = ${scope.organisation}
    and ${inSubtrees(scope, 'e.place')} for update`;

type Wanted = Omit<EntryFilter, 'text'> & { number?: number | undefined; households?: readonly string[] | undefined };

/** The list in its order; positions count those who wait within the reach. */
export const entries = (scope: Scope, of: Wanted): Query<Entry & { position: number | null }> =>
  sql<Entry & { position: number | null }>`
    with queue as (
      select e.id, row_number() over (order by e.priority desc, e.since, e.id)::int as position from allocation.entry e
      where e.organisation = ${scope.organisation} and ${inSubtrees(scope, 'e.place')} and e.state = 'waiting')
    select ${entryColumns}, q.position from allocation.entry e left join queue q on q.id = e.id
    where e.organisation = ${scope.organisation} and ${inSubtrees(scope, 'e.place')}
      ${of.state ? sql`and e.state = ${of.state}` : sql``} ${of.category ? sql`and e.category = ${of.category}` : sql``}
      ${of.households ? sql`and (e.household = any(${of.households}::uuid[]) or e.number = ${of.number ?? 0})` : sql``}
      ${
        of.after
          ? sql`and (-e.priority, e.since, e.id) > (select -l.priority, l.since, l.id from allocation.entry l where l.id = ${of.after})`
          : sql``
      }
    order by -e.priority, e.since, e.id limit ${of.limit}`;

export const entryCounts = (
  scope: Scope,
): Query<{ state: Entry['state']; category: Entry['category']; count: number }> =>
  sql<{ state: Entry['state']; category: Entry['category']; count: number }>`
    select e.state, e.category, count(*)::int as count from allocation.entry e
    where e.organisation = ${scope.organisation} and ${inSubtrees(scope, 'e.place')} group by 1, 2 order by 1, 2`;

export const entryOf = (organisation: string, household: string): Query<Entry> =>
  sql<Entry>`select ${entryColumns} from allocation.entry e where e.organisation = ${organisation} and e.household = ${household}
    order by e.since desc limit 1`;

export const addEntry = (
  tx: Tx,
  e: Pick<Entry, 'id' | 'organisation' | 'place' | 'household' | 'category' | 'since' | 'until'> & {
    application: string;
  },
) =>
  tx.run(sql`insert into allocation.entry (id, organisation, place, household, category, application, since, until, state, changed_at)
    values (${e.id}, ${e.organisation}, ${e.place}, ${e.household}, ${e.category}, ${e.application}, ${e.since}, ${e.until}, 'waiting', ${e.since})
    on conflict do nothing`);

export const saveEntry = (
  tx: Tx,
  e: Pick<Entry, 'id' | 'state' | 'declines' | 'category' | 'priority' | 'score'>,
  at: Date,
) =>
  tx.run(sql`update allocation.entry set state = ${e.state}, declines = ${e.declines}, category = ${e.category}, priority = ${e.priority}, score = ${e.score},
    changed_at = ${at}, version = version + 1 where id = ${e.id}`);

export const expired = (at: Date): Query<{ id: string; organisation: string; place: string }> =>
  sql<{
    id: string;
    organisation: string;
    place: string;
  }>`update allocation.entry set state = 'expired', changed_at = ${at},
    version = version + 1 where state = 'waiting' and until <= ${at} returning id, organisation, place`;

const planColumns =
  sql.raw(`p.id, p.number::int as number, p.organisation, p.place, p.name, p.ranking, p.state, p.intent_until as "intentUntil",
  p.choosing_from as "choosingFrom", p.slot_minutes as "slotMinutes", p.seed, p.committed, p.drawn, p.drawn_at as "drawnAt",
  p.made_at as "madeAt", p.committed_at as "committedAt", p.version,
  (select l.name from places_pub.place l where l.organisation = p.organisation and l.path = p.place) as "placeName",
  (select count(*)::int from allocation.plan_house h where h.plan = p.id) as houses,
  (select count(h.taken_by)::int from allocation.plan_house h where h.plan = p.id) as taken,
  (select count(*)::int from allocation.intent i where i.plan = p.id) as intents`);

export const planById = (scope: Scope, id: string): Query<Plan> =>
  sql<Plan>`select ${planColumns} from allocation.plan p where p.id = ${id} and p.organisation = ${scope.organisation}
    and ${inSubtrees(scope, 'p.place')} for update of p`;

export const plans = (scope: Scope, filter: { state?: PlanState | undefined; limit: number }): Query<Plan> =>
  sql<Plan>`select ${planColumns} from allocation.plan p where p.organisation = ${scope.organisation}
    and ${inSubtrees(scope, 'p.place')} ${filter.state ? sql`and p.state = ${filter.state}` : sql``}
    order by p.made_at desc, p.id desc limit ${filter.limit}`;

/** Plans anybody of the organisation may see: what was published. */
export const openPlans = (organisation: string): Query<Plan> =>
  sql<Plan>`select ${planColumns} from allocation.plan p where p.organisation = ${organisation}
    and p.state in ('open', 'committed', 'choosing') order by p.made_at desc limit 50`;

export const addPlan = (
  tx: Tx,
  p: Pick<Plan, 'id' | 'organisation' | 'place' | 'name' | 'ranking' | 'intentUntil' | 'slotMinutes' | 'madeAt'>,
  houses: readonly string[],
) =>
  tx.run(sql`with made as (
      insert into allocation.plan (id, organisation, place, name, ranking, state, intent_until, slot_minutes, made_at)
      values (${p.id}, ${p.organisation}, ${p.place}, ${p.name}, ${p.ranking}, 'draft', ${p.intentUntil}, ${p.slotMinutes}, ${p.madeAt})
      returning id, organisation)
    insert into allocation.plan_house (plan, organisation, house)
    select made.id, made.organisation, h from made, unnest(${[...houses]}::uuid[]) h`);

export const savePlan = (tx: Tx, p: Plan) =>
  tx.run(sql`update allocation.plan set state = ${p.state}, choosing_from = ${p.choosingFrom}, seed = ${p.seed},
    committed = ${p.committed && JSON.stringify(p.committed)}, committed_at = ${p.committedAt}, drawn = ${p.drawn && JSON.stringify(p.drawn)}, drawn_at = ${p.drawnAt},
    version = version + 1 where id = ${p.id}`);

export const housesOf = (plan: string): Query<PlanHouse> =>
  sql<PlanHouse>`select h.house, l.name, l.attributes, h.taken_by as "takenBy" from allocation.plan_house h
    left join places_pub.place l on l.id = h.house where h.plan = ${plan} order by l.path, h.house`;

export const takeHouse = (tx: Tx, plan: string, house: string, entry: string) =>
  tx.run(sql`update allocation.plan_house set taken_by = ${entry} where plan = ${plan} and house = ${house}`);

const intentColumns = sql.raw(
  `i.plan, i.entry, e.number::int as number, e.household, i.rank, i.slot_from as "slotFrom", i.passed_at as "passedAt", i.state, i.house, i.process`,
);

export const intentsOf = (plan: string): Query<Omit<IntentLine, 'householdName'>> =>
  sql<
    Omit<IntentLine, 'householdName'>
  >`select ${intentColumns}, e.category, e.priority::int as priority, e.score, e.since from allocation.intent i join allocation.entry e on e.id = i.entry
    where i.plan = ${plan} order by i.rank nulls last, e.number limit 20000`;

export const intentOf = (plan: string, entry: string): Query<Intent> =>
  sql<Intent>`select ${intentColumns} from allocation.intent i join allocation.entry e on e.id = i.entry
    where i.plan = ${plan} and i.entry = ${entry} for update of i`;

export const addIntent = (tx: Tx, of: { plan: string; entry: string; organisation: string }, at: Date) =>
  tx.run(sql`insert into allocation.intent (plan, entry, organisation, at, state)
    values (${of.plan}, ${of.entry}, ${of.organisation}, ${at}, 'intended') on conflict do nothing`);

export const entrantsOf = (plan: string): Query<Entry> =>
  sql<Entry>`select ${entryColumns} from allocation.intent i join allocation.entry e on e.id = i.entry
    where i.plan = ${plan} and e.state = 'waiting' order by e.number for update of e`;

export const rank = (tx: Tx, plan: string, rows: readonly { entry: string; rank: number; slotFrom: Date }[]) =>
  tx.run(sql`update allocation.intent i set rank = r.rank, slot_from = r."slotFrom"
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(entry uuid, rank int, "slotFrom" timestamptz)
    where i.plan = ${plan} and i.entry = r.entry`);

export const saveIntent = (tx: Tx, i: Intent, reason: string | null) =>
  tx.run(sql`update allocation.intent set state = ${i.state}, passed_at = ${i.passedAt}, house = ${i.house}, process = ${i.process}, reason = ${reason}
    where plan = ${i.plan} and entry = ${i.entry}`);

export async function movePlaces(tx: Tx, organisation: string, from: string, to: string): Promise<void> {
  for (const table of ['allocation.entry', 'allocation.plan'])
    await movePaths(tx, table, 'place', organisation, from, to);
}
