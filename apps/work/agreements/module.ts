import { agreementChanged } from '@keystead/contracts/events/agreements';
import { places } from '@keystead/data/places';
import { job } from '@keystead/kernel/jobs';
import { defineModule } from '@keystead/kernel/module';
import { createAgreements } from './agreements.ts';
import { movePlaces } from './store.ts';

export const agreements = defineModule({
  name: 'agreements',
  needs: { places },
  files: import.meta.dirname,
  setup: (kernel, { places }) => {
    const service = createAgreements(kernel);
    places.follow(movePlaces);
    kernel.live.forward(agreementChanged, 'agreement.changed', 'lease:read');
    kernel.jobs.add(job({ name: 'agreements.pass', every: 3600, timeout: 1800, run: () => service.pass() }));
    return service;
  },
});
