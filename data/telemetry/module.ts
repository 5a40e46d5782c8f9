import { placeChanged } from '@keystead/contracts/events/places';
import { thingChanged } from '@keystead/contracts/events/things';
import { things } from '@keystead/data/things';
import { defineModule } from '@keystead/kernel/module';
import { openHours } from './hours.ts';
import { microsOf } from './instants.ts';
import { compact, expire, makeHours, watchBatteries } from './jobs.ts';
import { createThingDirectory } from './known-things.ts';
import { telemetryRoutes } from './routes.ts';
import { createTelemetry } from './service.ts';

export const telemetry = defineModule({
  name: 'telemetry',
  needs: { things },
  files: import.meta.dirname,
  setup: (kernel, { things }) => {
    const { role, db, clock, log } = kernel;
    const service = createTelemetry(kernel, createThingDirectory(db, things));
    kernel.http.mount('/telemetry', telemetryRoutes(service));
    kernel.jobs.add(makeHours(db));
    kernel.jobs.add(compact(service));
    kernel.jobs.add(expire(service));
    kernel.jobs.add(watchBatteries(service, things));
    kernel.bus.onAnnounced(({ type, payload }) => {
      if (type !== thingChanged.type && type !== placeChanged.type) return;
      const changed = type === thingChanged.type ? (payload as { id: string } | null)?.id : undefined;
      service.liveValues
        .renew(changed)
        .catch((cause) => log.error({ err: cause }, 'live values of changed things could not be renewed'));
    });
    if (role === 'worker') {
      const keeper = service.keepLatest();
      kernel.onStart(() => keeper.stop);
    }
    kernel.onStart(async () => {
      if (role === 'gateway') {
        await openHours(db, microsOf(clock.now()));
        await Promise.all([service.openStreams('things'), service.openStreams('urgent')]);
      }
      if (role === 'api') await service.openStreams('clouds');
      return service.close;
    });
    return service;
  },
});
