import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { sql } from '@keystead/kernel/db';
import { type PartUse, takeParts } from './parts.ts';
import { locked, type Telling, type ThingDeps } from './service.ts';

export const maintenanceKinds = [
  'inspection',
  'cleaning',
  'lubrication',
  'repair',
  'replacement',
  'calibration',
  'other',
] as const;

export interface MaintenanceDraft {
  at: string;
  kind: (typeof maintenanceKinds)[number];
  content: string;
  problems?: string;
  result?: string;
  /** Parts used up; their stock falls. */
  parts?: PartUse[];
}

export interface MaintenanceView extends Required<Omit<MaintenanceDraft, 'parts'>> {
  id: string;
  by: string;
  parts: { code: string; name: string; quantity: number }[];
}

/** What was done to a thing, when, by whom, with which parts (H-9.5.1-a). */
export function createMaintenance({ db, clock, tell }: ThingDeps & { tell: Telling }) {
  /** Throws PartMissing, PartOutOfStock; then nothing is recorded and no stock falls. */
  async function record(actor: Actor, thingId: string, draft: MaintenanceDraft): Promise<{ id: string }> {
    return db.transaction(actor.scope, async (tx) => {
      const thing = await locked(tx, actor, thingId);
      const uses = draft.parts ?? [];
      const taken = await takeParts(tx, thing.organisation, uses);
      const parts = taken.map(({ id, code, name }) => ({
        code,
        name,
        quantity: uses.find((use) => use.part === id)?.quantity ?? 0,
      }));
      const id = newId(clock.now().getTime());
      await tx.run(sql`
        insert into things.maintenance (id, organisation, thing, at, kind, content, problems, result, by, parts, recorded_at)
        values (${id}, ${thing.organisation}, ${thing.number}, ${new Date(draft.at)}, ${draft.kind}, ${draft.content},
          ${draft.problems ?? ''}, ${draft.result ?? ''}, ${actor.name}, ${JSON.stringify(parts)}, ${clock.now()})`);
      await tell(tx, actor, thing, 'maintain', { detail: { kind: draft.kind, parts } });
      return { id };
    });
  }

  async function history(actor: Actor, thingId: string): Promise<MaintenanceView[]> {
    return db.transaction(actor.scope, async (tx) => {
      const thing = await locked(tx, actor, thingId);
      const rows = await tx.all(sql<Omit<MaintenanceView, 'at'> & { at: Date }>`
        select id, at, kind, content, problems, result, by, parts from things.maintenance
        where thing = ${thing.number} order by at desc, id desc limit 1000`);
      return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
    });
  }

  return { record, history };
}
