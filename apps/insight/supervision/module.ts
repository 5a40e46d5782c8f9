import { measures } from '@keystead/apps/insight/measures';
import { reporting, scheduleRoutes } from '@keystead/apps/insight/reporting';
import { alarmChanged } from '@keystead/contracts/events/alarms';
import { warningPushed } from '@keystead/contracts/events/supervision';
import { places } from '@keystead/data/places';
import { movePaths } from '@keystead/kernel/db';
import { defineModule } from '@keystead/kernel/module';
import { createBoard } from './board.ts';
import { pushBoard } from './board-push.ts';
import { createReports } from './reports.ts';
import { boardRoutes, reportRoutes, terminalRoutes } from './routes.ts';
import { createTerminals } from './terminals.ts';

export const supervision = defineModule({
  name: 'supervision',
  needs: { measures, places, reporting },
  files: import.meta.dirname,
  setup: (kernel, { measures, places, reporting }) => {
    const terminals = createTerminals({ ...kernel, places });
    const reports = createReports(kernel, measures);
    kernel.http.mount('/supervision', [
      ...boardRoutes(createBoard(kernel, measures, pushBoard(kernel))),
      ...terminalRoutes(terminals),
      ...reportRoutes(reports),
      ...scheduleRoutes(reporting, {
        ...{ module: 'supervision', read: 'supervision:read', write: 'supervision:write' },
        reports: reports.kinds.map(({ id }) => id),
      }),
    ]);
    kernel.bus.on(alarmChanged, 'supervision.push', terminals.push, { concerns: terminals.concerns, prompt: true });
    kernel.live.forward(warningPushed, 'supervision.warning', 'supervision:read');
    for (const kind of reports.kinds) reporting.offer(kind);
    if (kernel.role === 'worker')
      kernel.onStart(async () => {
        for (const { organisation, template, ...kept } of await reports.oldSchedules())
          await reporting.adopt(organisation, template, kept);
        return undefined;
      });
    places.follow(async (tx, organisation, from, to) => {
      for (const table of ['terminal', 'push'])
        await movePaths(tx, `supervision.${table}`, 'place', organisation, from, to);
    });
    return { terminals, reports };
  },
});
