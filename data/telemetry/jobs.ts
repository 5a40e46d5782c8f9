import type { ThingsService } from '@keystead/data/things';
import type { Db } from '@keystead/kernel/db';
import { job } from '@keystead/kernel/jobs';
import { noteBatteries } from './batteries.ts';
import { openHours } from './hours.ts';
import { microsOf } from './instants.ts';
import type { TelemetryService } from './service.ts';

export const makeHours = (db: Db) =>
  job({
    name: 'telemetry.make-hours',
    every: 600,
    timeout: 30,
    run: (_payload, { clock }) => openHours(db, microsOf(clock.now())),
  });

/** Past hours become chunks. Each run goes on where the one before stopped. */
export const compact = ({ compaction }: TelemetryService) =>
  job({
    name: 'telemetry.compact',
    every: 300,
    timeout: 3600,
    run: async (_payload, { log, signal }) => {
      const done = await compaction.run(signal);
      if (done.rows > 0) log.info(done, 'hot rows moved into chunks');
    },
  });

export const expire = ({ keeping }: TelemetryService) =>
  job({
    name: 'telemetry.expire',
    every: 86_400,
    timeout: 3600,
    run: async (_payload, { log, signal }) => {
      const gone = await keeping.expire(signal);
      if (gone.chunks + gone.events > 0) log.info(gone, 'signals kept long enough were deleted');
    },
  });

/** Tried every few hours, so that a device that sleeps through one look is seen at the next; a day counts once. */
export const watchBatteries = ({ latestPoints }: Pick<TelemetryService, 'latestPoints'>, things: ThingsService) =>
  job({
    name: 'telemetry.watch-batteries',
    every: 6 * 3600,
    timeout: 1800,
    run: async (_payload, { log, signal }) => {
      const noted = await noteBatteries(things.batteries, latestPoints, signal);
      if (noted > 0) log.info({ noted }, 'levels of batteries noted');
    },
  });
