import { thingChanged, thingOnlineChanged, thingsImported } from '@keystead/contracts/events/things';
import { places } from '@keystead/data/places';
import { defineModule, type Kernel } from '@keystead/kernel/module';
import { deriveOnline, endRotations, forget } from './jobs.ts';
import { modelRoutes } from './model-routes.ts';
import { thingRoutes } from './routes.ts';
import { createThings, type ThingsService } from './setup.ts';
import { countIn, followPlaces } from './store.ts';

const contactEvery = 1000; // ms

/** Looks for changes made by other processes, and writes signs of life; ended when the process stops. */
function keepGoing({ role, log }: Kernel, { changes, contact, refusals, misbehaviour }: ThingsService) {
  if (role === 'tool') return undefined;
  const stopLooking = changes.start();
  const timer = setInterval(() => {
    contact.flush().catch((cause) => log.error({ err: cause }, 'signs of life could not be written'));
  }, contactEvery);
  return async () => {
    clearInterval(timer);
    await Promise.all([stopLooking(), contact.flush(), refusals.settled(), misbehaviour.settled()]);
  };
}

export const things = defineModule({
  name: 'things',
  needs: { places },
  files: import.meta.dirname,
  setup: (kernel, { places }): ThingsService => {
    const service = createThings(kernel, places);
    kernel.http.mount('/things', thingRoutes(service));
    kernel.http.mount('/models', modelRoutes(service));
    kernel.live.forward(thingChanged, 'thing.changed', 'thing:read');
    kernel.live.forward(thingsImported, 'thing.imported', 'thing:read');
    kernel.live.forward(thingOnlineChanged, 'thing.online', 'thing:read');
    places.follow(async (tx, organisation, from, to) => {
      await followPlaces(tx, organisation, from, to);
      await service.changes.announce(tx, 0, 'all');
    });
    places.occupy('things', countIn);
    const work = {
      derive: service.online.derive,
      pruneChanges: service.changes.prune,
      pruneRefusals: service.refusals.prune,
      pruneNonces: service.nonces.prune,
      pruneBatteries: service.batteries.prune,
    };
    kernel.jobs.add(deriveOnline(work));
    kernel.jobs.add(forget(work));
    kernel.jobs.add(endRotations(service.rotation));
    kernel.onStart(async () => {
      if (kernel.role === 'worker') await service.online.begin();
      return keepGoing(kernel, service);
    });
    return service;
  },
});
