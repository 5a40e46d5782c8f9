import { agreements } from '@keystead/apps/work/agreements';
import { cases } from '@keystead/apps/work/cases';
import { places } from '@keystead/data/places';
import { records } from '@keystead/data/records';
import { defineModule } from '@keystead/kernel/module';
import { maintenanceRoutes } from './routes.ts';
import { createMaintenanceRecords, movePlaces } from './service.ts';

export const maintenance = defineModule({
  name: 'maintenance',
  needs: { agreements, cases, places, records },
  files: import.meta.dirname,
  setup: (kernel, { agreements, cases, places, records }) => {
    const service = createMaintenanceRecords({ ...kernel, agreements, cases, records });
    kernel.http.mount('/maintenance-records', maintenanceRoutes(service));
    places.follow(movePlaces);
    return service;
  },
});
