import { type Query, sql, type Tx } from '@keystead/kernel/db';
import type { Entry } from './plan.ts';
import { entryColumns } from './store.ts';

/** An entry with the way in its household chose, if any. */
export type HeldEntry = Entry & { readonly process: string | null };

/** Places of a household that a bar may end, the row locked: it waits, chooses, or has chosen. */
export const heldBy = (organisation: string, household: string): Query<HeldEntry> =>
  sql<HeldEntry>`select ${entryColumns}, (select i.process from allocation.intent i where i.entry = e.id and i.state = 'chosen' limit 1) as process
    from allocation.entry e where e.organisation = ${organisation} and e.household = ${household}
      and e.state in ('waiting', 'choosing', 'allocated') order by e.since, e.id for update`;

/** The place of the household that is on this way into a house, the row locked; none when it did not come by a plan. */
export const heldOnWay = (organisation: string, process: string): Query<Entry> =>
  sql<Entry>`select ${entryColumns} from allocation.entry e where e.organisation = ${organisation} and e.state = 'allocated'
    and e.id = (select i.entry from allocation.intent i where i.process = ${process} and i.state = 'chosen') for update`;

/** Places a decision ended, the row locked. */
export const endedBy = (organisation: string, sanction: string): Query<Entry> =>
  sql<Entry>`select ${entryColumns} from allocation.entry e where e.organisation = ${organisation} and e.bar = ${sanction}
    order by e.since, e.id for update`;

export const standsAlready = (organisation: string, household: string): Query<{ id: string }> =>
  sql<{ id: string }>`select id from allocation.entry where organisation = ${organisation} and household = ${household}
    and state in ('waiting', 'choosing') limit 1`;

export const endEntry = (tx: Tx, id: string, by: { sanction: string; code: string }, at: Date): Promise<number> =>
  tx.run(sql`update allocation.entry set state = 'cancelled', bar = ${by.sanction}, bar_code = ${by.code}, changed_at = ${at},
    version = version + 1 where id = ${id}`);

/** Back to its place: by what it was ranked it is ranked again. */
export const restoreEntry = (tx: Tx, id: string, at: Date): Promise<number> =>
  tx.run(sql`update allocation.entry set state = 'waiting', bar = null, bar_code = null, changed_at = ${at}, version = version + 1
    where id = ${id}`);

/** What the household still waits for in plans, and the choice whose way in was ended; its house is free for others of the plan. */
export async function endIntents(tx: Tx, entry: string, process: string | null, reason: string): Promise<void> {
  await tx.run(sql`update allocation.plan_house h set taken_by = null from allocation.intent i
    where i.entry = ${entry} and i.process = ${process} and h.plan = i.plan and h.house = i.house and h.taken_by = i.entry`);
  await tx.run(sql`update allocation.intent i set state = 'ended', reason = ${reason}, house = null, process = null from allocation.plan p
    where p.id = i.plan and i.entry = ${entry} and ((i.state = 'intended' and p.state <> 'closed') or i.process = ${process})`);
}

/** Intents are taken up again where the household is still on the list of the plan, or may yet come on it. */
export const restoreIntents = (tx: Tx, entry: string, code: string): Promise<number> =>
  tx.run(sql`update allocation.intent i set state = 'intended', reason = null from allocation.plan p
    where p.id = i.plan and i.entry = ${entry} and i.state = 'ended' and (p.state = 'open' or (p.state in ('committed', 'choosing')
      and p.committed->'list' @> jsonb_build_array(jsonb_build_object('entry', ${code}::text))))`);
