import { policy } from '@keystead/apps/housing/policy';
import { alarms } from '@keystead/apps/work/alarms';
import type { OrganisationId } from '@keystead/contracts/access';
import { systemActor } from '@keystead/contracts/access';
import { placeChanged } from '@keystead/contracts/events/places';
import { houseChanged, houseHappened, housesImported } from '@keystead/contracts/events/stock';
import { places } from '@keystead/data/places';
import { telemetry } from '@keystead/data/telemetry';
import { things } from '@keystead/data/things';
import { defineModule } from '@keystead/kernel/module';
import { importRoutes } from './import-routes.ts';
import { houseRoutes } from './routes.ts';
import { createStock } from './setup.ts';
import { countIn, movePlaces } from './store.ts';

export const stock = defineModule({
  name: 'stock',
  needs: { places, things, telemetry, alarms, policy },
  files: import.meta.dirname,
  setup: (kernel, doors) => {
    const service = createStock(kernel, doors);
    kernel.http.mount('/houses', [...importRoutes(service), ...houseRoutes(service)]);
    kernel.live.forward(houseChanged, 'house.changed', 'house:read');
    kernel.live.forward(houseHappened, 'house.happened', 'house:read');
    kernel.live.forward(housesImported, 'house.imported', 'house:read');
    service.subscribe(kernel.bus);
    kernel.bus.on(placeChanged, 'stock.recount', async ({ organisation, payload }, tx) => {
      if (payload.change !== 'update') return;
      await service.recount(tx, systemActor('stock', organisation as OrganisationId), payload.id);
    });
    for (const each of service.jobs) kernel.jobs.add(each);
    doors.places.follow(movePlaces);
    doors.places.occupy('stock', countIn);
    return service;
  },
});
