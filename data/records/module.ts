import { places } from '@keystead/data/places';
import { movePaths } from '@keystead/kernel/db';
import { defineModule } from '@keystead/kernel/module';
import { expire, sweep } from './jobs.ts';
import { recordRoutes } from './routes.ts';
import { createRecords } from './service.ts';

export const records = defineModule({
  name: 'records',
  needs: { places },
  files: import.meta.dirname,
  setup: (kernel, { places }) => {
    const { db, settings } = kernel;
    const service = createRecords({ ...kernel, dataDir: settings.DATA_DIR });
    kernel.http.mount('/records', recordRoutes({ db, places, records: service }));
    kernel.jobs.add(expire(service));
    kernel.jobs.add(sweep(service));
    places.follow(async (tx, organisation, from, to) => {
      await movePaths(tx, 'records.record', 'place', organisation, from, to);
    });
    return service;
  },
});
