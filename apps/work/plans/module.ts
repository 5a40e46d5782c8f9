import { alarms } from '@keystead/apps/work/alarms';
import { cases } from '@keystead/apps/work/cases';
import { commands } from '@keystead/apps/work/commands';
import { caseChanged } from '@keystead/contracts/events/cases';
import { planOccurred } from '@keystead/contracts/events/plans';
import { places } from '@keystead/data/places';
import { records } from '@keystead/data/records';
import { telemetry } from '@keystead/data/telemetry';
import { things } from '@keystead/data/things';
import { defineModule, type Kernel } from '@keystead/kernel/module';
import { filesFrom, gaugesFrom, operationsFrom, subjectsFrom } from './answers.ts';
import { planRoutes } from './routes.ts';
import { createPlans, type PlanDoors, type PlansService } from './setup.ts';
import { movePlaces } from './store.ts';

/** Everything the module puts into the platform. */
export function installPlans(kernel: Kernel, doors: PlanDoors): PlansService {
  const service = createPlans(kernel, doors);
  kernel.http.mount('/plans', planRoutes(service));
  kernel.live.forward(planOccurred, 'plan.occurred', 'plan:read');
  kernel.bus.on(caseChanged, 'plans.follow-case', async ({ at, payload }, tx) => {
    if (payload.from !== payload.to)
      await service.followCase(tx, payload.id, payload.to, new Date(at), payload.assignee);
  });
  for (const each of service.jobs) kernel.jobs.add(each);
  return service;
}

export const plans = defineModule({
  name: 'plans',
  needs: { alarms, cases, commands, places, records, telemetry, things },
  files: import.meta.dirname,
  setup: (kernel, { alarms, cases, commands, places, records, telemetry, things }) => {
    places.follow(movePlaces);
    return installPlans(kernel, {
      places,
      cases,
      alarms,
      subjects: subjectsFrom(places, things),
      gauges: gaugesFrom(things, telemetry),
      operations: operationsFrom(commands),
      files: filesFrom(records),
    });
  },
});
