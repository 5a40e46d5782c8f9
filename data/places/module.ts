import { placeChanged, placesImported } from '@keystead/contracts/events/places';
import { defineModule, type Kernel } from '@keystead/kernel/module';
import { createHoldings } from './holdings.ts';
import { createPlaceImports } from './imports.ts';
import { placeRoutes } from './routes.ts';
import { createPlaceWork } from './service.ts';
import { createPlaceViews } from './views.ts';

function createPlaces(kernel: Pick<Kernel, 'db' | 'clock' | 'outbox' | 'audit'>) {
  const holdings = createHoldings();
  const { follow, occupy } = holdings;
  return {
    ...createPlaceViews(kernel),
    ...createPlaceWork({ ...kernel, holdings }),
    ...createPlaceImports({ ...kernel, holdings }),
    follow,
    occupy,
  };
}

export type PlacesService = ReturnType<typeof createPlaces>;

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
