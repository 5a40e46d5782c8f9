import type { AcceptedBatch } from '@keystead/contracts/telemetry';
import type { ThingsService } from '@keystead/data/things';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { slotOfEvent } from './slot.ts';

interface Deps extends Pick<Kernel, 'db' | 'clock'> {
  things: Pick<ThingsService, 'refs'>;
  saveMark(tx: Tx, gateway: number, batch: number): Promise<void>;
}

const markEvery = 2000; // ms

/** Counts what algorithms find, by camera and slot (H-6.2-e-1); what they found stays with the signals. */
export function createResults({ db, clock, things, saveMark }: Deps) {
  let marked = 0;

  async function take(batch: AcceptedBatch): Promise<void> {
    const events = batch.events.filter(({ event }) => slotOfEvent.has(event));
    const refs = events.length === 0 ? undefined : await things.refs([...new Set(events.map(({ thing }) => thing))]);
    const now = clock.now().getTime();
    if (events.length === 0 && now - marked < markEvery) return;
    await db.systemTransaction(async (tx) => {
      for (const { thing, event, time } of events) {
        const ref = refs?.get(thing);
        if (ref?.model.family !== 'camera') continue;
        const at = new Date(time / 1000);
        await tx.run(sql`
          insert into video.slot_result as r (thing, slot, organisation, place, results, last_at)
          values (${ref.id}, ${slotOfEvent.get(event)}, ${ref.organisation}, ${ref.place}, 1, ${at})
          on conflict (thing, slot) do update set results = r.results + 1, last_at = greatest(r.last_at, excluded.last_at),
            place = excluded.place`);
      }
      await saveMark(tx, batch.gateway, batch.batch);
    });
    marked = now;
  }

  return { take };
}
