import { places } from '@keystead/data/places';
import { defineModule } from '@keystead/kernel/module';
import { ledgerRoutes } from './routes.ts';
import { createLedger } from './service.ts';
import { movePlaces } from './store.ts';

export const ledger = defineModule({
  name: 'ledger',
  needs: { places },
  files: import.meta.dirname,
  setup: (kernel, { places }) => {
    const service = createLedger(kernel);
    kernel.http.mount('/ledger', ledgerRoutes(service));
    places.follow(movePlaces);
    return service;
  },
});
