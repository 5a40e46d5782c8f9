import { places } from '@keystead/data/places';
import { records } from '@keystead/data/records';
import { telemetry } from '@keystead/data/telemetry';
import { things } from '@keystead/data/things';
import { defineModule } from '@keystead/kernel/module';
import { dialRoutes } from './routes.ts';
import { createDials, movePlaces } from './service.ts';

export const dials = defineModule({
  name: 'dials',
  needs: { places, records, telemetry, things },
  files: import.meta.dirname,
  setup: (kernel, { places, records, telemetry, things }) => {
    const service = createDials({ ...kernel, records, telemetry, things });
    kernel.http.mount('/dials', dialRoutes(service));
    places.follow(movePlaces);
    return service;
  },
});
