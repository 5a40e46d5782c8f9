import { partyChanged } from '@keystead/contracts/events/parties';
import { places } from '@keystead/data/places';
import { job } from '@keystead/kernel/jobs';
import { defineModule } from '@keystead/kernel/module';
import { ownRoutes } from './own-routes.ts';
import { partyRoutes } from './routes.ts';
import { createParties } from './setup.ts';
import { movePlaces } from './store.ts';

export const parties = defineModule({
  name: 'parties',
  needs: { places },
  files: import.meta.dirname,
  setup: (kernel, { places }) => {
    const service = createParties(kernel, places);
    kernel.http.mount('/parties', partyRoutes(service));
    kernel.http.mount('/own-data', ownRoutes(service));
    kernel.live.forward(partyChanged, 'party.changed', 'party:read');
    kernel.jobs.add(
      job({
        name: 'parties.erase-due',
        every: 3600,
        timeout: 600,
        run: async (_payload, { log, signal }) => {
          let erased = 0;
          for (let ended = -1; ended !== 0 && !signal.aborted; erased += ended) ended = await service.eraseDue();
          if (erased > 0) log.info({ erased }, 'parties no law keeps any more were erased');
        },
      }),
    );
    places.follow(movePlaces);
    return service;
  },
});
