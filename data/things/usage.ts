import type { Clock } from '@keystead/kernel/base';
import { type Db, sql, type Tx } from '@keystead/kernel/db';

/** What was added to a thing's running time and energy since the last time. */
export interface UsageAdded {
  thing: number;
  runSeconds: number;
  energyKwh: number;
}

/** Running time and energy of things, summed here so that the registry filters by them without reading history. */
export function createUsage({ db, clock }: { db: Db; clock: Clock }) {
  const write = (rows: readonly UsageAdded[]) => sql`
    insert into things.usage as u (thing, organisation, run_seconds, energy_kwh, updated)
    select t.number, t.organisation, sum(r."runSeconds"), sum(r."energyKwh"), ${clock.now()}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(thing bigint, "runSeconds" float8, "energyKwh" float8)
    join things.thing t on t.number = r.thing group by t.number order by t.number
    on conflict (thing) do update set run_seconds = u.run_seconds + excluded.run_seconds,
      energy_kwh = u.energy_kwh + excluded.energy_kwh, updated = excluded.updated`;
  return {
    /** Adds to the totals; with `tx`, exactly when that commits. Things that are gone are passed over. */
    addUsage: async (rows: readonly UsageAdded[], tx?: Tx): Promise<void> => {
      if (rows.length === 0) return;
      if (tx) await tx.run(write(rows));
      else await db.systemRead(write(rows));
    },
  };
}
