import { eligibility } from '@keystead/apps/housing/eligibility';
import { leases } from '@keystead/apps/housing/leases';
import { policy } from '@keystead/apps/housing/policy';
import { agreements } from '@keystead/apps/work/agreements';
import { commands } from '@keystead/apps/work/commands';
import { agreementChanged } from '@keystead/contracts/events/agreements';
import { commandChanged } from '@keystead/contracts/events/commands';
import { doorKeyChanged } from '@keystead/contracts/events/doorkeys';
import { eligibilityChanged, eligibilityLost } from '@keystead/contracts/events/eligibility';
import { consentWithdrawn } from '@keystead/contracts/events/parties';
import { thingChanged } from '@keystead/contracts/events/things';
import { parties } from '@keystead/data/parties';
import { places } from '@keystead/data/places';
import { telemetry } from '@keystead/data/telemetry';
import { things } from '@keystead/data/things';
import { job } from '@keystead/kernel/jobs';
import { defineModule } from '@keystead/kernel/module';
import { lockMethods } from './carrying.ts';
import { ownKeyRoutes } from './own-routes.ts';
import { doorKeyRoutes } from './routes.ts';
import { createDoorKeys } from './setup.ts';
import { movePlaces } from './store.ts';

export const doorkeys = defineModule({
  name: 'doorkeys',
  // Leases in force are read from agreements_pub, doors from things_pub.
  needs: { agreements, commands, eligibility, leases, parties, places, policy, telemetry, things },
  files: import.meta.dirname,
  setup: (kernel, { commands, eligibility, parties, places, policy, telemetry, things }) => {
    const saveMark = (tx: Parameters<typeof telemetry.saveMark>[0], gateway: number, batch: number) =>
      telemetry.saveMark(tx, 'doorkeys', gateway, batch);
    const service = createDoorKeys({ ...kernel, commands, eligibility, parties, places, policy, things, saveMark });
    kernel.http.mount('/door-keys', doorKeyRoutes(service));
    kernel.http.mount('/own-door-keys', ownKeyRoutes(service));
    kernel.live.forward(doorKeyChanged, 'door-key.changed', 'door-key:read');
    kernel.bus.on(agreementChanged, 'doorkeys.lease', service.leaseChanged);
    kernel.bus.on(eligibilityLost, 'doorkeys.lost', ({ payload }, tx) =>
      service.householdJudged(payload.household, tx),
    );
    kernel.bus.on(eligibilityChanged, 'doorkeys.judged', ({ payload }, tx) =>
      service.householdJudged(payload.household, tx),
    );
    kernel.bus.on(consentWithdrawn, 'doorkeys.consent', service.consentGone);
    kernel.bus.on(thingChanged, 'doorkeys.lock', service.lockChanged);
    kernel.bus.on(commandChanged, 'doorkeys.heard', service.heard, {
      concerns: ({ payload }) => payload.changes.some(({ method }) => lockMethods.includes(method)),
    });
    kernel.jobs.add(job({ name: 'doorkeys.pass', every: 15, timeout: 120, run: () => service.pass() }));
    kernel.jobs.add(
      job({
        name: 'doorkeys.forget',
        every: 86_400,
        timeout: 3600,
        run: async () => void (await service.uses.forget()),
      }),
    );
    places.follow(movePlaces);
    telemetry.follow({ name: 'doorkeys', take: service.uses.take });
    return service;
  },
});
