import type { Actor } from '@keystead/contracts/access';
import { EditConflict } from '@keystead/contracts/problem';
import type { PlacesService } from '@keystead/data/places';
import { type Query, sql } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { Settings } from './settings.ts';
import { type Slot, slotStates } from './slot.ts';
import { resultsUnder } from './store.ts';

type Deps = Pick<Kernel, 'db' | 'clock' | 'audit'> & {
  places: Pick<PlacesService, 'get' | 'counts'>;
  settings: Settings;
};
interface Row {
  households: number | null;
  slots: Partial<Record<Slot, boolean>>;
  version: number;
}

const rowOf = (placeId: string): Query<Row> =>
  sql<Row>`select households, slots, version from video.site where place_id = ${placeId}`;

/** Communities: how many households, and which algorithms that asks for (H-6.2-e). */
export function createSites({ db, clock, audit, places, settings }: Deps) {
  async function get(actor: Actor, placeId: string) {
    const place = await places.get(actor, placeId);
    const [row = { households: null, slots: {}, version: 0 }] = await db.read(actor.scope, rowOf(placeId));
    const counts = await places.counts(actor, { under: place.path, retired: false });
    const counted = counts.find(({ kind }) => kind === 'house')?.count ?? 0;
    const households = row.households ?? counted;
    const last = await db.read(actor.scope, resultsUnder(actor.scope, place.path));
    const { middleSlots } = await settings.read(actor.scope.organisation);
    const lastAt = Object.fromEntries(last.map((each) => [each.slot, each.lastAt.getTime()]));
    const now = clock.now().getTime();
    return {
      placeId,
      name: place.name,
      path: place.path,
      households,
      /** Said by hand, or counted from the houses entered. */
      said: row.households !== null,
      slots: slotStates(households, middleSlots, row.slots, lastAt, now).map((state) => {
        const at = lastAt[state.slot];
        return { ...state, ...(at === undefined ? {} : { lastAt: new Date(at).toISOString() }) };
      }),
      version: row.version,
    };
  }

  return {
    get,
    /** `households` null = count them; `slots` holds only what differs from what the size asks for. */
    set: async (
      actor: Actor,
      placeId: string,
      expected: number | undefined,
      wish: Pick<Row, 'households' | 'slots'>,
    ) => {
      const place = await places.get(actor, placeId);
      await db.transaction(actor.scope, async (tx) => {
        const before = await tx.maybe(sql<Row>`${rowOf(placeId)} for update`);
        if (expected !== undefined && expected !== (before?.version ?? 0))
          throw new EditConflict({ version: before?.version ?? 0 });
        await tx.run(sql`
          insert into video.site as s (place_id, organisation, place, households, slots)
          values (${placeId}, ${actor.scope.organisation}, ${place.path}, ${wish.households}, ${JSON.stringify(wish.slots)})
          on conflict (place_id) do update set households = excluded.households, slots = excluded.slots,
            place = excluded.place, version = s.version + 1`);
        await audit.add(tx, actor, {
          action: 'video.set-site',
          subject: `place:${placeId}`,
          place: place.path,
          detail: { households: wish.households, slots: wish.slots },
        });
      });
      return get(actor, placeId);
    },
  };
}

export type Sites = ReturnType<typeof createSites>;
