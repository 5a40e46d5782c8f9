import { cases } from '@keystead/apps/work/cases';
import { maintenance } from '@keystead/apps/work/maintenance';
import { plans } from '@keystead/apps/work/plans';
import { places } from '@keystead/data/places';
import { records } from '@keystead/data/records';
import { things } from '@keystead/data/things';
import { defineModule } from '@keystead/kernel/module';
import { fieldRoutes } from './routes.ts';
import { createField, movePlaces } from './setup.ts';

export const field = defineModule({
  name: 'field',
  needs: { cases, maintenance, places, plans, records, things },
  files: import.meta.dirname,
  setup: (kernel, { cases, maintenance, places, plans, records, things }) => {
    const service = createField(kernel, { cases, maintenance, plans, records, things });
    kernel.http.mount('/field', fieldRoutes(service, kernel.catalogue));
    places.follow(movePlaces);
    return service;
  },
});
