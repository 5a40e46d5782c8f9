import { defineModule } from '@keystead/kernel/module';
import { policyRoutes } from './routes.ts';
import { createPolicy } from './service.ts';

export const policy = defineModule({
  name: 'policy',
  files: import.meta.dirname,
  setup: (kernel) => {
    const service = createPolicy(kernel);
    kernel.http.mount('/policy-packs', policyRoutes(service));
    return service;
  },
});
