import { places } from '@keystead/data/places';
import { movePaths } from '@keystead/kernel/db';
import { job } from '@keystead/kernel/jobs';
import { defineModule } from '@keystead/kernel/module';
import { createFreezing } from './freezing.ts';
import { measureRoutes } from './routes.ts';
import { createFigures } from './service.ts';

export const measures = defineModule({
  name: 'measures',
  needs: { places },
  files: import.meta.dirname,
  setup: (kernel, { places }) => {
    const figures = createFigures({ ...kernel, places });
    const freezing = createFreezing(kernel);
    kernel.http.mount('/measures', measureRoutes(figures));
    // Ten past midnight here.
    kernel.jobs.add(
      job({
        name: 'measures.freeze',
        cron: '10 16 * * *',
        timeout: 3600,
        run: async (_, { signal }) => void (await freezing.freeze(signal)),
      }),
    );
    places.follow(
      async (tx, organisation, from, to) =>
        void (await movePaths(tx, 'measures.snapshot', 'place', organisation, from, to)),
    );
    return { ...figures, ...freezing };
  },
});
