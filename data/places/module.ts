import { placeChanged, placesImported } from '@keystead/contracts/events/places';
import { defineModule } from '@keystead/kernel/module';
import { placeRoutes } from './routes.ts';
import { createPlaces } from './setup.ts';

export const places = defineModule({
  name: 'places',
  files: import.meta.dirname,
  setup: (kernel) => {
    const service = createPlaces(kernel);
    kernel.http.mount('/places', placeRoutes(service));
    kernel.live.forward(placeChanged, 'place.changed', 'place:read');
    kernel.live.forward(placesImported, 'place.imported', 'place:read');
    return service;
  },
});
