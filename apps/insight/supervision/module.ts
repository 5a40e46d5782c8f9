import { measures } from '@keystead/apps/insight/measures';
import { alarmChanged } from '@keystead/contracts/events/alarms';
import { warningPushed } from '@keystead/contracts/events/supervision';
import { places } from '@keystead/data/places';
import { movePaths } from '@keystead/kernel/db';
import { job } from '@keystead/kernel/jobs';
import { defineModule } from '@keystead/kernel/module';
import { createBoard } from './board.ts';
import { pushBoard } from './board-push.ts';
import { createReports } from './reports.ts';
import { boardRoutes, reportRoutes, terminalRoutes } from './routes.ts';
import { createTerminals } from './terminals.ts';

export const supervision = defineModule({
  name: 'supervision',
  needs: { measures, places },
  files: import.meta.dirname,
  setup: (kernel, { measures, places }) => {
    const terminals = createTerminals({ ...kernel, places });
    const reports = createReports(kernel, measures);
    kernel.http.mount('/supervision', [
      ...boardRoutes(createBoard(kernel, measures, pushBoard(kernel))),
      ...terminalRoutes(terminals),
      ...reportRoutes(reports),
    ]);
    kernel.bus.on(alarmChanged, 'supervision.push', terminals.push);
    kernel.live.forward(warningPushed, 'supervision.warning', 'supervision:read');
    // Each night at twenty to two here: the figures of the day before were frozen by then.
    kernel.jobs.add(
      job({
        name: 'supervision.report',
        cron: '40 17 * * *',
        timeout: 3600,
        run: async (_, { signal }) => void (await reports.makeMonthly(signal)),
      }),
    );
    places.follow(async (tx, organisation, from, to) => {
      for (const table of ['terminal', 'push'])
        await movePaths(tx, `supervision.${table}`, 'place', organisation, from, to);
    });
    return { terminals, reports };
  },
});
