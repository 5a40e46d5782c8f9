import type { Actor, Scope } from '@keystead/contracts/access';
import { thingsImported } from '@keystead/contracts/events/things';
import { inSubtrees, type Query, sql, type Tx } from '@keystead/kernel/db';
import type { ThingDeps } from './service.ts';
import { ThingBatchNotUndoable } from './thing.ts';

interface Batch {
  id: string;
  at: Date;
  by: string;
  count: number;
}

/** Keeps that many things came at once, in the transaction that brought them. */
export const addBatch = (tx: Tx, organisation: string, { id, at, by, count }: Batch): Promise<number> =>
  tx.run(sql`insert into things.import_batch (id, organisation, at, by, count)
    values (${id}, ${organisation}, ${at}, ${by}, ${count})`);

const lastBatch = (tx: Tx, organisation: string): Promise<Batch | undefined> =>
  tx.maybe(sql<Batch>`
    select id, at, by, count from things.import_batch where organisation = ${organisation} and undone_at is null
    order by at desc, id desc limit 1 for update`);

/**
 * Things of a batch in sight, and those of them that have a life already: edited, heard of or connected, with steps,
 * maintenance or parts of their own, or related to others since they came.
 */
const stateOf = (scope: Scope, batch: Batch): Query<{ seen: number; used: number }> => sql`
  select count(*)::int as seen, (count(*) filter (where t.version > 1 or t.whitelist <> 'admitted'
    or exists (select from things.contact c where c.thing = t.number and (c.last_heard is not null or c.connected))
    or exists (select from things.lifecycle_step s where s.thing = t.number and s.at > t.created_at)
    or exists (select from things.relation r where (r.source = t.number or r.target = t.number) and r.at > t.created_at)
    or exists (select from things.maintenance m where m.thing = t.number)
    or exists (select from things.thing_part p where p.thing = t.number)))::int as used
  from things.thing t where t.batch = ${batch.id} and ${inSubtrees(scope, 't.place')}`;

/** Taking imports back (I-5.2.1-b): the last one, whole, as long as nothing was built on it. */
export function createImportBatches({
  db,
  clock,
  outbox,
  audit,
  changes,
}: Pick<ThingDeps, 'db' | 'clock' | 'outbox' | 'audit' | 'changes'>) {
  /** Throws ThingBatchNotUndoable with a reason: `none`, `scope` (some lie out of the actor's reach), `used`. */
  async function undoLast(actor: Actor): Promise<{ batch: string; removed: number }> {
    const { organisation } = actor.scope;
    return db.transaction(actor.scope, async (tx) => {
      const batch = await lastBatch(tx, organisation);
      if (!batch) throw new ThingBatchNotUndoable({ reason: 'none' });
      // Held until the end, so that none of them gets a life meanwhile.
      await tx.all(sql`select number from things.thing where batch = ${batch.id} for update`);
      const [found] = await tx.all(stateOf(actor.scope, batch));
      if (found?.seen !== batch.count) throw new ThingBatchNotUndoable({ reason: 'scope' });
      if (found.used > 0) throw new ThingBatchNotUndoable({ reason: 'used', count: found.used });
      await tx.run(sql`delete from things.thing where batch = ${batch.id}`);
      await tx.run(sql`update things.import_batch set undone_at = ${clock.now()} where id = ${batch.id}`);
      await changes.announce(tx, 0, 'all');
      await outbox.add(tx, thingsImported, { organisation, place: '' }, { batch: batch.id, count: 0 });
      const detail = { count: batch.count };
      await audit.add(tx, actor, { action: 'thing.undo-import', subject: `thing-batch:${batch.id}`, detail });
      return { batch: batch.id, removed: batch.count };
    });
  }

  return { undoLast };
}
