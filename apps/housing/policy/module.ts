import { places } from '@keystead/data/places';
import { movePaths } from '@keystead/kernel/db';
import { defineModule } from '@keystead/kernel/module';
import { policyRoutes } from './routes.ts';
import { createPolicy } from './service.ts';

export const policy = defineModule({
  name: 'policy',
  needs: { places },
  files: import.meta.dirname,
  setup: (kernel, { places }) => {
    const service = createPolicy({ ...kernel, places });
    kernel.http.mount('/policy-packs', policyRoutes(service));
    places.follow(async (tx, organisation, from, to) => {
      await movePaths(tx, 'policy.pack', 'place', organisation, from, to);
    });
    return service;
  },
});
