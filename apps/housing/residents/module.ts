import { billing } from '@keystead/apps/housing/billing';
import { leases } from '@keystead/apps/housing/leases';
import { papers } from '@keystead/apps/housing/papers';
import { policy } from '@keystead/apps/housing/policy';
import { agreements } from '@keystead/apps/work/agreements';
import { cases } from '@keystead/apps/work/cases';
import { notify } from '@keystead/apps/work/notify';
import { agreementChanged } from '@keystead/contracts/events/agreements';
import { parties } from '@keystead/data/parties';
import { records } from '@keystead/data/records';
import { defineModule } from '@keystead/kernel/module';
import { identity } from '@keystead/kernel/security/identity';
import { callRoutes, complaintRoutes, repairRoutes, requestRoutes } from './case-routes.ts';
import { billRoutes, homeRoutes, leaseRoutes } from './own-routes.ts';
import { createResidents } from './residents.ts';

export const residents = defineModule({
  name: 'residents',
  needs: { agreements, billing, cases, identity, leases, notify, papers, parties, policy, records },
  files: import.meta.dirname,
  setup: (kernel, needs) => {
    const service = createResidents(kernel, needs);
    kernel.http.mount('/own-home', homeRoutes(service));
    kernel.http.mount('/own-leases', leaseRoutes(service));
    kernel.http.mount('/own-bills', billRoutes(service));
    kernel.http.mount('/own-repairs', repairRoutes(service));
    kernel.http.mount('/own-requests', requestRoutes(service));
    kernel.http.mount('/own-complaints', complaintRoutes(service));
    kernel.http.mount('/repair-calls', callRoutes(service));
    kernel.bus.on(agreementChanged, 'residents.renewed', service.renewals.leaseChanged);
    // Codes go by text message, at once, and leave no copy in the log of deliveries.
    needs.identity.codes.useCarrier((to, values) => needs.notify.textNow(to, 'notify.code', values));
    return service;
  },
});
