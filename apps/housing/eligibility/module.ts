import { households } from '@keystead/apps/housing/households';
import { leases } from '@keystead/apps/housing/leases';
import { notices } from '@keystead/apps/housing/notices';
import { policy } from '@keystead/apps/housing/policy';
import { agreements } from '@keystead/apps/work/agreements';
import { alarms } from '@keystead/apps/work/alarms';
import { cases } from '@keystead/apps/work/cases';
import { ledger } from '@keystead/apps/work/ledger';
import { plans } from '@keystead/apps/work/plans';
import { eligibilityChanged } from '@keystead/contracts/events/eligibility';
import { exitChanged } from '@keystead/contracts/events/exits';
import { householdChanged } from '@keystead/contracts/events/households';
import { parties } from '@keystead/data/parties';
import { places } from '@keystead/data/places';
import { job } from '@keystead/kernel/jobs';
import { defineModule } from '@keystead/kernel/module';
import { ownEligibilityRoutes } from './own-routes.ts';
import { eligibilityRoutes } from './routes.ts';
import { sanctionRoutes } from './sanction-routes.ts';
import { createEligibility } from './setup.ts';
import { askOverHttp } from './source.ts';
import { sourceRoutes } from './source-routes.ts';
import { movePlaces } from './store.ts';
import { yearlyWork } from './yearly.ts';

export const eligibility = defineModule({
  name: 'eligibility',
  // Leases in force are read from agreements_pub.
  needs: { agreements, alarms, cases, households, leases, ledger, notices, parties, places, plans, policy },
  files: import.meta.dirname,
  setup: (kernel, { agreements: _a, leases: _l, places, plans, ...doors }) => {
    const service = createEligibility(kernel, { ...doors, ask: askOverHttp });
    const routes = [...eligibilityRoutes(service), ...sanctionRoutes(service), ...sourceRoutes(service)];
    kernel.http.mount('/eligibility', routes);
    kernel.http.mount('/own-eligibility', ownEligibilityRoutes(service));
    kernel.live.forward(eligibilityChanged, 'eligibility.changed', 'eligibility:read');
    kernel.bus.on(exitChanged, 'eligibility.exit-for-cause', service.sanctions.exitEnded);
    kernel.bus.on(eligibilityChanged, 'eligibility.settle-alarm', service.passing.settleAlarm);
    kernel.bus.on(householdChanged, 'eligibility.review-change', service.householdChanged);
    kernel.jobs.add(
      job({
        name: 'eligibility.ask',
        every: 15,
        timeout: 120,
        run: async (_payload, { signal }) => {
          while (!signal.aborted && (await service.checks.askDue(signal)) > 0);
        },
      }),
    );
    kernel.jobs.add(
      job({
        name: 'eligibility.pass',
        every: 60,
        timeout: 600,
        run: async (_payload, { log }) => {
          await service.passing.closeDue();
          await service.passing.remindDue();
          await service.passing.lapseDue();
          await service.passing.escalate();
          await service.passing.escalateAppeals();
          await service.standings.loseDue();
          await service.sanctions.settleDue();
          const opened = await service.openNear((organisation) => plans.isPlanned(organisation, yearlyWork));
          if (opened > 0) log.info({ opened }, 'yearly reviews were opened');
        },
      }),
    );
    plans.offer(service.yearly);
    places.follow(movePlaces);
    return service;
  },
});
