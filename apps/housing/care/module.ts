import { households } from '@keystead/apps/housing/households';
import { alarms } from '@keystead/apps/work/alarms';
import { plans } from '@keystead/apps/work/plans';
import { parties } from '@keystead/data/parties';
import { places } from '@keystead/data/places';
import { telemetry } from '@keystead/data/telemetry';
import { things } from '@keystead/data/things';
import { movePaths } from '@keystead/kernel/db';
import { job } from '@keystead/kernel/jobs';
import { defineModule } from '@keystead/kernel/module';
import { careRoutes, ownCareRoutes } from './routes.ts';
import { createCare } from './setup.ts';

export const care = defineModule({
  name: 'care',
  // Of plans only recurrence and working days: plans and their cases are seen by too many.
  needs: { alarms, households, parties, places, plans, telemetry, things },
  files: import.meta.dirname,
  setup: (kernel, { alarms, households, parties, places, telemetry, things }) => {
    const service = createCare(kernel, { alarms, households, parties, telemetry, things });
    kernel.http.mount('/care', careRoutes(service));
    kernel.http.mount('/own-care', ownCareRoutes(service));
    kernel.jobs.add(
      job({
        name: 'care.visits',
        every: 600,
        timeout: 300,
        run: async () => {
          await service.visits.makeDue();
          await service.visits.chaseOverdue();
        },
      }),
    );
    kernel.jobs.add(
      job({
        name: 'care.forward',
        every: 15,
        timeout: 120,
        run: async (_payload, { signal }) => void (await service.forwarding.forwardDue(signal)),
      }),
    );
    telemetry.follow({ name: 'care', take: service.forwarding.take });
    places.follow(async (tx, organisation, from, to) => {
      for (const table of ['visit_plan', 'visit', 'service', 'aid', 'forwarding'])
        await movePaths(tx, `care.${table}`, 'place', organisation, from, to);
    });
    return service;
  },
});
