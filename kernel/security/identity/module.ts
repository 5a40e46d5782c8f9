import { defineModule } from '@keystead/kernel/module';
import { createIdentity } from './identity.ts';
import { peopleRoutes } from './people/routes.ts';
import { rightsRoutes } from './rights/routes.ts';
import { expireJob, sweepJob } from './sessions/jobs.ts';
import { sessionRoutes } from './sessions/routes.ts';

export const identity = defineModule({
  name: 'identity',
  files: import.meta.dirname,
  setup: (kernel) => {
    const service = createIdentity(kernel);
    kernel.http.mount('/sessions', sessionRoutes(service.sessions));
    kernel.http.mount('/identity', [
      ...peopleRoutes(service.accounts, service.organisations),
      ...rightsRoutes(service.rights),
    ]);
    kernel.bus.onAnnounced(service.hear);
    kernel.jobs.add(expireJob(service.context));
    kernel.jobs.add(sweepJob(service.attempts));
    return service;
  },
});
