import type { Db } from '@keystead/kernel/db';
import type { PlaceSums } from './fold.ts';
import { createGate } from './gate.ts';
import type { Measure, Source, Sums, Window } from './measure.ts';
import * as store from './store.ts';

/** Readings of whole cities under way at once: the connections left are for what is small and must not wait. */
const mostReadings = 3;
const kept = 4000;
const keptMs = 300_000;

/** Measures by the source they count from, so that a source is read once for all of them. */
export function bySource(measures: readonly Measure[]): Map<Source, Measure[]> {
  const groups = new Map<Source, Measure[]>();
  for (const measure of measures) groups.set(measure.source, [...(groups.get(measure.source) ?? []), measure]);
  return groups;
}

/** Working figures out of what the modules publish. */
export function createWorking({ db }: { db: Pick<Db, 'read'> }) {
  const remembered = new Map<string, { until: number; sums: Promise<Map<string, Sums>> }>();

  const gate = createGate(mostReadings);

  /** Sums of several measures for one window; sources are read side by side, as far as there is room. */
  async function sums(measures: readonly Measure[], window: Window): Promise<Map<string, Sums>> {
    const groups = await Promise.all(
      [...bySource(measures)].map(async ([source, all]) => {
        const [row = {}] = await gate(() => db.read(window.scope, store.wholeSums(all, source, window)));
        return all.map(({ id }, n) => [id, store.sumsIn(row, n)] as const);
      }),
    );
    return new Map(groups.flat());
  }

  return {
    sums,

    /** The same for one measure, shared out by the places rows stand at. */
    byPlace: (measure: Measure, window: Window): Promise<PlaceSums[]> =>
      gate(() => db.read(window.scope, store.sumsByPlace(measure, window))),

    /**
     * Sums of a day that is over, remembered for some minutes together with those of its sister measures: a curve asks for
     * a year of such days, and for the next measure of the same rows right after.
     */
    past: async (measure: Measure, sisters: readonly Measure[], window: Window): Promise<Sums | undefined> => {
      const { scope, under, at } = window;
      const key = [scope.organisation, scope.subtrees.join(), under, at.getTime(), sisters[0]?.id].join(' ');
      const now = performance.now();
      let found = remembered.get(key);
      if (!found || found.until < now) {
        if (remembered.size >= kept) remembered.clear();
        found = { until: now + keptMs, sums: sums(sisters, window) };
        remembered.set(key, found);
        found.sums.catch(() => remembered.delete(key));
      }
      return (await found.sums).get(measure.id);
    },
  };
}

export type Working = ReturnType<typeof createWorking>;
