import { billing } from '@keystead/apps/housing/billing';
import { doorkeys } from '@keystead/apps/housing/doorkeys';
import { exits } from '@keystead/apps/housing/exits';
import { households } from '@keystead/apps/housing/households';
import { leases } from '@keystead/apps/housing/leases';
import { movein } from '@keystead/apps/housing/movein';
import { notices } from '@keystead/apps/housing/notices';
import { stock } from '@keystead/apps/housing/stock';
import { agreements } from '@keystead/apps/work/agreements';
import { ledger } from '@keystead/apps/work/ledger';
import { agreementChanged } from '@keystead/contracts/events/agreements';
import { exitChanged } from '@keystead/contracts/events/exits';
import { swapChanged } from '@keystead/contracts/events/swaps';
import { parties } from '@keystead/data/parties';
import { places } from '@keystead/data/places';
import { job } from '@keystead/kernel/jobs';
import { defineModule } from '@keystead/kernel/module';
import { ownSwapRoutes, swapRoutes } from './routes.ts';
import { createSwaps } from './setup.ts';
import { movePlaces } from './store.ts';

export const swaps = defineModule({
  name: 'swaps',
  // Keys are handed over by their own module, out of the leases: without it nobody would open the new door.
  needs: { agreements, billing, doorkeys, exits, households, leases, ledger, movein, notices, parties, places, stock },
  files: import.meta.dirname,
  setup: (kernel, { places, doorkeys: _keys, parties: _parties, ...doors }) => {
    const service = createSwaps(kernel, doors);
    kernel.http.mount('/swaps', swapRoutes(service));
    kernel.http.mount('/own-swaps', ownSwapRoutes(service));
    kernel.live.forward(swapChanged, 'swap.changed', 'allocation:read');
    kernel.bus.on(agreementChanged, 'swaps.lease', service.leaseChanged);
    kernel.bus.on(exitChanged, 'swaps.exit', service.exitBegun);
    kernel.jobs.add(job({ name: 'swaps.change', every: 15, timeout: 300, run: service.pass }));
    places.follow(async (tx, organisation, from, to) => void (await movePlaces(tx, organisation, from, to)));
    return service;
  },
});
