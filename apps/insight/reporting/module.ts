import { notify } from '@keystead/apps/work/notify';
import { job } from '@keystead/kernel/jobs';
import { defineModule } from '@keystead/kernel/module';
import { identity } from '@keystead/kernel/security/identity';
import { createReporting } from './service.ts';

export const reporting = defineModule({
  name: 'reporting',
  needs: { identity, notify },
  files: import.meta.dirname,
  setup: (kernel, { identity, notify }) => {
    const reporting = createReporting({ ...kernel, identity, notify });
    // Each hour at five past: schedules name an hour.
    kernel.jobs.add(
      job({
        name: 'reporting.run',
        cron: '5 * * * *',
        timeout: 3000,
        run: async (_, { signal }) => void (await reporting.runDue(signal)),
      }),
    );
    return reporting;
  },
});
