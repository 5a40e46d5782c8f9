import { billing } from '@keystead/apps/housing/billing';
import { eligibility } from '@keystead/apps/housing/eligibility';
import { handling } from '@keystead/apps/housing/handling';
import { households } from '@keystead/apps/housing/households';
import { movein } from '@keystead/apps/housing/movein';
import { policy } from '@keystead/apps/housing/policy';
import { risk } from '@keystead/apps/housing/risk';
import { stock } from '@keystead/apps/housing/stock';
import { agreements } from '@keystead/apps/work/agreements';
import { alarms } from '@keystead/apps/work/alarms';
import { ledger } from '@keystead/apps/work/ledger';
import { eligibilityLost } from '@keystead/contracts/events/eligibility';
import { exitChanged } from '@keystead/contracts/events/exits';
import { parties } from '@keystead/data/parties';
import { places } from '@keystead/data/places';
import { job } from '@keystead/kernel/jobs';
import { defineModule } from '@keystead/kernel/module';
import { reportOverHttp } from './duties.ts';
import { exitRoutes, ownExitRoutes } from './routes.ts';
import { createExitModule } from './setup.ts';
import { movePlaces } from './store.ts';

export const exits = defineModule({
  name: 'exits',
  // A lost eligibility comes by the event of its module.
  needs: {
    agreements,
    alarms,
    billing,
    eligibility,
    handling,
    households,
    ledger,
    movein,
    parties,
    places,
    policy,
    risk,
    stock,
  },
  files: import.meta.dirname,
  setup: (kernel, { places, eligibility: _e, parties: _p, ...doors }) => {
    const service = createExitModule(kernel, doors, reportOverHttp);
    kernel.http.mount('/exits', exitRoutes(service));
    kernel.http.mount('/own-exit', ownExitRoutes(service));
    kernel.live.forward(exitChanged, 'exit.changed', 'exit:read');
    kernel.bus.on(eligibilityLost, 'exits.eligibility-lost', service.lost);
    kernel.bus.on(exitChanged, 'exits.settle-alarm', async ({ organisation, payload }) => {
      if (['handed-over', 'cancelled'].includes(payload.to))
        await service.settleAlarm({ id: payload.id, organisation });
    });
    const escalate = async (): Promise<void> => void (await service.escalate());
    kernel.jobs.add(job({ name: 'exits.escalate', every: 300, timeout: 300, run: escalate }));
    const staying = async (): Promise<void> => void (await service.chargeStaying());
    kernel.jobs.add(job({ name: 'exits.transition', every: 3600, timeout: 600, run: staying }));
    const report = async (_: unknown, { signal }: { signal: AbortSignal }) => void (await service.reportDue(signal));
    kernel.jobs.add(job({ name: 'exits.report', every: 15, timeout: 120, run: report }));
    places.follow(movePlaces);
    return service;
  },
});
