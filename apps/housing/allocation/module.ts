import { eligibility } from '@keystead/apps/housing/eligibility';
import { households } from '@keystead/apps/housing/households';
import { movein } from '@keystead/apps/housing/movein';
import { policy } from '@keystead/apps/housing/policy';
import { stock } from '@keystead/apps/housing/stock';
import { allocationChanged } from '@keystead/contracts/events/allocation';
import { eligibilityBarLifted, eligibilityBarred, eligibilityChanged } from '@keystead/contracts/events/eligibility';
import { moveInChanged } from '@keystead/contracts/events/movein';
import { parties } from '@keystead/data/parties';
import { places } from '@keystead/data/places';
import { job } from '@keystead/kernel/jobs';
import { defineModule } from '@keystead/kernel/module';
import { ownTurnRoutes } from './own-routes.ts';
import { allocationRoutes, ownAllocationRoutes } from './routes.ts';
import { createAllocation } from './setup.ts';
import { movePlaces } from './store.ts';

export const allocation = defineModule({
  name: 'allocation',
  needs: { eligibility, households, movein, parties, places, policy, stock },
  files: import.meta.dirname,
  setup: (kernel, { eligibility, households, movein, parties, places, policy, stock }) => {
    const service = createAllocation(kernel, {
      eligibility,
      households,
      moveIns: movein,
      parties,
      places,
      policy,
      stock,
    });
    kernel.http.mount('/allocation', allocationRoutes(service, kernel.catalogue));
    kernel.http.mount('/own-allocation', [...ownTurnRoutes(service.own.turns), ...ownAllocationRoutes(service)]);
    kernel.live.forward(allocationChanged, 'allocation.changed', 'allocation:read');
    kernel.bus.on(eligibilityChanged, 'allocation.wait', service.waiting.approved);
    kernel.bus.on(eligibilityBarred, 'allocation.bar', service.barring.barred);
    kernel.bus.on(eligibilityBarLifted, 'allocation.restore', service.barring.lifted);
    kernel.bus.on(moveInChanged, 'allocation.way-ended', service.barring.wayEnded);
    const expire = async (): Promise<void> => void (await service.waiting.expireDue());
    kernel.jobs.add(job({ name: 'allocation.expire', every: 3600, timeout: 300, run: expire }));
    places.follow(movePlaces);
    return service;
  },
});
