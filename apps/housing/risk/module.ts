import { leases } from '@keystead/apps/housing/leases';
import { policy } from '@keystead/apps/housing/policy';
import { stock } from '@keystead/apps/housing/stock';
import { agreements } from '@keystead/apps/work/agreements';
import { alarms } from '@keystead/apps/work/alarms';
import { cases } from '@keystead/apps/work/cases';
import { ledger } from '@keystead/apps/work/ledger';
import { alarmChanged } from '@keystead/contracts/events/alarms';
import { warningChanged } from '@keystead/contracts/events/risk';
import { parties } from '@keystead/data/parties';
import { places } from '@keystead/data/places';
import { records } from '@keystead/data/records';
import { telemetry } from '@keystead/data/telemetry';
import { things } from '@keystead/data/things';
import { job } from '@keystead/kernel/jobs';
import { defineModule } from '@keystead/kernel/module';
import { reportRoutes, warningRoutes } from './routes.ts';
import { createRisk } from './setup.ts';
import { movePlaces } from './store.ts';

export const risk = defineModule({
  name: 'risk',
  // Homes, leases, parties and charges are read from stock_pub, agreements_pub and ledger_pub.
  needs: { agreements, alarms, cases, leases, ledger, parties, places, policy, records, stock, telemetry, things },
  files: import.meta.dirname,
  setup: (kernel, { alarms, cases, parties, places, policy, records, telemetry, things }) => {
    const service = createRisk(kernel, { alarms, cases, parties, policy, records, telemetry, things });
    kernel.http.mount('/risk', warningRoutes(service));
    kernel.http.mount('/violations', reportRoutes(service));
    kernel.live.forward(warningChanged, 'warning.changed', 'risk:read');
    kernel.bus.on(alarmChanged, 'risk.adopt', service.judging.adopt);
    kernel.jobs.add(
      job({
        name: 'risk.look',
        every: 6 * 3600,
        timeout: 3600,
        run: async (_payload, { signal, log }) => {
          const found = await service.judging.lookAtAll(signal);
          if (found > 0) log.info({ found }, 'warnings came about');
        },
      }),
    );
    kernel.jobs.add(
      job({
        name: 'risk.settle',
        every: 60,
        timeout: 60,
        run: async () => void (await service.desk.settleClosed()),
      }),
    );
    telemetry.follow({ name: 'risk', take: service.gathering.take });
    places.follow(movePlaces);
    return service;
  },
});
