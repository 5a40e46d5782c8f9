import { places } from '@keystead/data/places';
import { telemetry } from '@keystead/data/telemetry';
import { things } from '@keystead/data/things';
import { movePaths } from '@keystead/kernel/db';
import { job } from '@keystead/kernel/jobs';
import { defineModule } from '@keystead/kernel/module';
import { createReport } from './report.ts';
import { linkRoutes } from './routes.ts';
import { createSurvey } from './survey.ts';

export const links = defineModule({
  name: 'links',
  needs: { places, things, telemetry },
  files: import.meta.dirname,
  setup: (kernel, { places, things, telemetry }) => {
    const parts = { ...kernel, things, telemetry };
    const survey = createSurvey(parts);
    const report = createReport(parts);
    kernel.http.mount('/links', linkRoutes(report, kernel.clock));
    places.follow(async (tx, organisation, from, to) => {
      await movePaths(tx, 'links.sample', 'place', organisation, from, to);
    });
    kernel.jobs.add(
      job({
        name: 'links.survey',
        every: 30,
        timeout: 120,
        run: async (_payload, { signal }) => {
          await survey.look(signal);
        },
      }),
    );
    kernel.jobs.add(job({ name: 'links.sample', every: 300, timeout: 60, run: () => survey.sample() }));
    return { survey, report };
  },
});

export type LinksService = ReturnType<typeof links.setup>;
