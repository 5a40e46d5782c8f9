import { leases } from '@keystead/apps/housing/leases';
import { stock } from '@keystead/apps/housing/stock';
import { agreements } from '@keystead/apps/work/agreements';
import { cases } from '@keystead/apps/work/cases';
import { ledger } from '@keystead/apps/work/ledger';
import { agreementChanged } from '@keystead/contracts/events/agreements';
import { householdChanged } from '@keystead/contracts/events/households';
import { parties } from '@keystead/data/parties';
import { places } from '@keystead/data/places';
import { records } from '@keystead/data/records';
import { defineModule } from '@keystead/kernel/module';
import { ownHouseholdRoutes } from './own-routes.ts';
import { householdRoutes } from './routes.ts';
import { createHouseholds } from './setup.ts';
import { movePlaces } from './store.ts';

export const households = defineModule({
  name: 'households',
  // Leases make check-ins; bills are read from ledger_pub.
  needs: { agreements, cases, leases, ledger, parties, places, records, stock },
  files: import.meta.dirname,
  setup: (kernel, { agreements, cases, parties, places, records, stock }) => {
    const service = createHouseholds(kernel, { agreements, cases, parties, records });
    kernel.http.mount('/households', householdRoutes(service));
    kernel.http.mount('/own-household', ownHouseholdRoutes(service));
    kernel.live.forward(householdChanged, 'household.changed', 'household:read');
    kernel.bus.on(agreementChanged, 'households.check-in', service.checkIn);
    stock.plug({ householdOf: service.brief });
    places.follow(movePlaces);
    return service;
  },
});
