import { handling } from '@keystead/apps/housing/handling';
import { households } from '@keystead/apps/housing/households';
import { leases } from '@keystead/apps/housing/leases';
import { policy } from '@keystead/apps/housing/policy';
import { stock } from '@keystead/apps/housing/stock';
import { agreements } from '@keystead/apps/work/agreements';
import { moveInChanged } from '@keystead/contracts/events/movein';
import { parties } from '@keystead/data/parties';
import { places } from '@keystead/data/places';
import { records } from '@keystead/data/records';
import { defineModule } from '@keystead/kernel/module';
import { moveInRoutes, ownMoveInRoutes } from './routes.ts';
import { createMoveIns } from './service.ts';
import { movePlaces } from './store.ts';

export const movein = defineModule({
  name: 'movein',
  needs: { agreements, handling, households, leases, parties, places, policy, records, stock },
  files: import.meta.dirname,
  setup: (kernel, { places, ...doors }) => {
    const service = createMoveIns({ ...kernel, ...doors });
    kernel.http.mount('/move-ins', moveInRoutes(service, kernel.clock.now));
    kernel.http.mount('/own-move-in', ownMoveInRoutes(service));
    kernel.live.forward(moveInChanged, 'move-in.changed', 'allocation:read');
    places.follow(movePlaces);
    return service;
  },
});
