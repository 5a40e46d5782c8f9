import { billing } from '@keystead/apps/housing/billing';
import { agreements } from '@keystead/apps/work/agreements';
import { ledger } from '@keystead/apps/work/ledger';
import { notify } from '@keystead/apps/work/notify';
import { parties } from '@keystead/data/parties';
import { places } from '@keystead/data/places';
import { movePaths } from '@keystead/kernel/db';
import { job } from '@keystead/kernel/jobs';
import { defineModule } from '@keystead/kernel/module';
import { createAddressees } from './addressees.ts';
import { createNotices } from './notices.ts';
import { noticeRoutes } from './routes.ts';
import { createSending } from './sending.ts';

export const notices = defineModule({
  name: 'notices',
  needs: { agreements, billing, ledger, notify, parties, places },
  files: import.meta.dirname,
  setup: (kernel, { billing, notify, parties, places }) => {
    const sending = createSending({ ...kernel, notify, addresseeOf: createAddressees({ ...kernel, parties }) });
    const deliver = job({
      name: 'notices.deliver',
      every: 60,
      timeout: 900,
      run: async (_, { signal }) => void (await sending.sendDue(signal)),
    });
    kernel.jobs.add(deliver);
    const notices = createNotices({
      ...kernel,
      places,
      wake: (tx) => kernel.jobs.enqueue(tx, deliver, {}, { key: 'notices.deliver' }),
    });
    billing.dunning.useTexts(sending.texts);
    kernel.http.mount('/notices', noticeRoutes(notices));
    places.follow(async (tx, organisation, from, to) => {
      for (const table of ['notice', 'delivery'])
        await movePaths(tx, `notices.${table}`, 'place', organisation, from, to);
    });
    return { ...notices, sendDue: sending.sendDue, tell: sending.tell };
  },
});

export type NoticesService = ReturnType<typeof notices.setup>;
