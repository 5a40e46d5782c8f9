import { defineModule } from '@keystead/kernel/module';
import { keepSealing, pruneJob, verifyJob } from './jobs.ts';
import { createJournal } from './journal.ts';
import { journalRoutes } from './routes.ts';

export const journal = defineModule({
  name: 'journal',
  files: import.meta.dirname,
  setup: (kernel) => {
    const service = createJournal(kernel);
    kernel.http.mount('/journal', journalRoutes(service));
    kernel.jobs.add(pruneJob(service.keeper));
    kernel.jobs.add(verifyJob(service.verifications, service.keeper));
    kernel.onStart(() => (kernel.role === 'worker' ? keepSealing(service.keeper) : undefined));
    return service;
  },
});
