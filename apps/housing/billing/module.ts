import { leases } from '@keystead/apps/housing/leases';
import { policy } from '@keystead/apps/housing/policy';
import { reporting, scheduleRoutes } from '@keystead/apps/insight/reporting';
import { agreements } from '@keystead/apps/work/agreements';
import { alarms } from '@keystead/apps/work/alarms';
import { ledger } from '@keystead/apps/work/ledger';
import { type Actor, inScope } from '@keystead/contracts/access';
import { agreementChanged } from '@keystead/contracts/events/agreements';
import { messageFateKnown } from '@keystead/contracts/events/notify';
import { NotAllowed } from '@keystead/contracts/problem';
import { parties } from '@keystead/data/parties';
import { places } from '@keystead/data/places';
import { telemetry } from '@keystead/data/telemetry';
import { things } from '@keystead/data/things';
import { movePaths } from '@keystead/kernel/db';
import { job } from '@keystead/kernel/jobs';
import { defineModule } from '@keystead/kernel/module';
import { billRoutes } from './bill-routes.ts';
import { createBilling } from './billing.ts';
import { createDepositFollows } from './deposit.ts';
import { dunningRoutes } from './dunning-routes.ts';
import { meterRoutes } from './meter-routes.ts';
import { moneyRoutes } from './money-routes.ts';
import { planRoutes } from './plan-routes.ts';
import { priceRoutes } from './price-routes.ts';
import { keepProof } from './proving.ts';
import { refundRoutes } from './refund-routes.ts';
import { collectionKind } from './report-kind.ts';

const placed = ['usage', 'bill', 'pay_order', 'refund', 'notice', 'payment_plan', 'exchange', 'meter_gap'];

export const billing = defineModule({
  name: 'billing',
  needs: { agreements, alarms, leases, ledger, parties, places, policy, reporting, telemetry, things },
  files: import.meta.dirname,
  setup: (kernel, { agreements, alarms, leases, ledger, places, policy, reporting, telemetry, things }) => {
    const service = createBilling(kernel, { agreements, alarms, ledger, places, policy, telemetry, things });
    const collection = collectionKind(service);
    reporting.offer(collection);
    const reports = { module: 'bills', reports: [collection.id], read: 'bill:read', write: 'bill:run' };
    kernel.http.mount('/bills', [...billRoutes(service), ...scheduleRoutes(reporting, reports)]);
    kernel.http.mount('/meters', meterRoutes(service));
    kernel.http.mount('/fees', priceRoutes(service));
    kernel.http.mount('/payments', [...moneyRoutes(service), ...refundRoutes(service)]);
    kernel.http.mount('/payment-plans', planRoutes(service));
    const { dunning, paymentPlans, runs } = service;
    kernel.onStart(async () => {
      if (kernel.role === 'worker') await runs.resume();
      return undefined;
    });
    const remind = async (_: unknown, { signal }: { signal: AbortSignal }) => {
      // First: a broken plan lets the ladder go on in the same round.
      await paymentPlans.pass();
      await dunning.pass(signal);
      await dunning.deliver();
    };
    const reminding = job({ name: 'billing.remind', every: 3600, timeout: 3000, run: remind });
    kernel.jobs.add(reminding);
    const remindNow = (actor: Actor): Promise<void> =>
      kernel.db.transaction(actor.scope, async (tx) => {
        // It looks at every lease: a district does not set reminders going for the others.
        if (!inScope(actor.scope, '')) throw new NotAllowed({ reason: 'whole-organisation' });
        await kernel.jobs.enqueue(tx, reminding, {}, { key: 'billing.remind' });
        await kernel.audit.add(tx, actor, { action: 'dunning.run', subject: 'dunning' });
      });
    kernel.http.mount('/dunning', dunningRoutes(service, remindNow));
    leases.useArrears(dunning.owes);
    kernel.bus.on(messageFateKnown, 'billing.proof', keepProof);
    kernel.bus.on(agreementChanged, 'billing.deposit', createDepositFollows({ agreements, leases, ledger }));
    places.follow(async (tx, organisation, from, to) => {
      for (const table of placed) await movePaths(tx, `billing.${table}`, 'place', organisation, from, to);
    });
    return service;
  },
});
