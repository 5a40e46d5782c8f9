import { type Actor, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { dateOf, dayOf, localDate } from '@keystead/contracts/calendar';
import type { Kernel } from '@keystead/kernel/module';
import { measures } from './catalogue.ts';
import { foldUp } from './fold.ts';
import { nothing } from './measure.ts';
import * as store from './store.ts';
import { windowOf } from './window.ts';
import { bySource } from './working.ts';

/** Days made up for at most, when the platform was down. */
const longestGap = 31;

/** Keeps the figures of each day that is over, for the organisation and every place down to the building. */
export function createFreezing({ db, clock, audit }: Pick<Kernel, 'db' | 'clock' | 'audit'>) {
  async function freezeDay(actor: Actor, day: string): Promise<void> {
    const { organisation } = actor.scope;
    const window = windowOf(actor.scope, '', day, clock.now());
    const places = await db.systemRead(store.frozenPlaces(organisation));
    const kept = [{ id: store.everywhere, path: '' }, ...places];
    for (const [source, all] of bySource(measures)) {
      const found = await db.systemRead(store.placeSums(all, source, window));
      for (const [n, measure] of all.entries()) {
        const sums = foldUp(found.map((row) => ({ place: row.place, ...store.sumsIn(row, n) })));
        const figures = kept.map(({ id, path }) => ({ place_id: id, place: path, ...(sums.get(path) ?? nothing()) }));
        const of = {
          ...{ organisation, measure: measure.id, version: measure.version, day, at: window.at },
          takenAt: clock.now(),
        };
        await db.systemTransaction(async (tx) => void (await tx.run(store.freeze(of, figures))));
      }
    }
    await db.systemTransaction((tx) => audit.add(tx, actor, { action: 'measure.freeze', subject: `day:${day}` }));
  }

  return {
    /** Every day since the last that was frozen, up to yesterday; a second run makes none. */
    freeze: async (signal?: AbortSignal): Promise<number> => {
      const yesterday = (dayOf(localDate(clock.now())) ?? 0) - 1;
      let made = 0;
      for (const { organisation, last } of await db.systemRead(store.lastFrozenDays)) {
        const begun = last === null ? yesterday : (dayOf(last) ?? yesterday) + 1;
        const actor = systemActor('measures.freeze', organisation as OrganisationId);
        for (let day = Math.max(begun, yesterday - longestGap + 1); day <= yesterday; day++) {
          if (signal?.aborted) return made;
          await freezeDay(actor, dateOf(day));
          made += 1;
        }
      }
      return made;
    },
  };
}
