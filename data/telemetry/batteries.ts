import { isSuspect } from '@keystead/contracts/telemetry';
import type { ThingsService } from '@keystead/data/things';
import type { LatestPoints } from './latest-values.ts';

type Batteries = ThingsService['batteries'];

/** Hands the newest level of every battery to things, which keeps one a day and draws its life from them. */
export async function noteBatteries(
  batteries: Batteries,
  latestPoints: (numbers: readonly number[]) => Promise<Map<number, LatestPoints>>,
  signal?: AbortSignal,
): Promise<number> {
  let noted = 0;
  let from: number | null = 0;
  while (from !== null && !signal?.aborted) {
    const { things, next }: Awaited<ReturnType<Batteries['after']>> = await batteries.after(from);
    const points = await latestPoints(things.map(({ thing }) => thing));
    const levels = things.flatMap(({ thing, key }) => {
      const point = points.get(thing)?.get(key);
      return point && !isSuspect(point.quality) && Number.isFinite(point.value)
        ? [{ thing, percent: point.value }]
        : [];
    });
    if (levels.length > 0) await batteries.note(levels);
    noted += levels.length;
    from = next;
  }
  return noted;
}
