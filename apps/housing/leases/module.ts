import { stock } from '@keystead/apps/housing/stock';
import { agreements } from '@keystead/apps/work/agreements';
import { alarms } from '@keystead/apps/work/alarms';
import { agreementChanged, agreementMarked } from '@keystead/contracts/events/agreements';
import { parties } from '@keystead/data/parties';
import { places } from '@keystead/data/places';
import { movePaths, type Tx } from '@keystead/kernel/db';
import { job } from '@keystead/kernel/jobs';
import { defineModule } from '@keystead/kernel/module';
import { createHistory } from './history.ts';
import { createHouses, createLeaseOf } from './houses.ts';
import { leaseKind, type RulesOf, standardRules } from './lease.ts';
import { leaseRoutes } from './routes.ts';
import { createLeases, type WordingOf } from './service.ts';
import { createLeaseWatch, noticeOf } from './watch.ts';

export const leases = defineModule({
  name: 'leases',
  needs: { agreements, alarms, parties, places, stock },
  files: import.meta.dirname,
  setup: (kernel, { agreements, alarms, places, stock }) => {
    agreements.register(leaseKind);
    agreements.follow('lease', createHouses({ ...kernel, stock, agreements }));
    stock.plug({ leaseOf: createLeaseOf(agreements) });
    let rules: RulesOf = async () => standardRules;
    let wording: WordingOf = async () => undefined;
    let owes: (tx: Tx, agreement: string) => Promise<boolean> = async () => false;
    const service = createLeases({
      ...kernel,
      agreements,
      places,
      rules: (...asked) => rules(...asked),
      wording: (tx, organisation, kind) => wording(tx, organisation, kind),
    });
    const watch = createLeaseWatch({ ...kernel, alarms });
    kernel.http.mount('/leases', leaseRoutes({ leases: service, agreements, db: kernel.db }));
    kernel.bus.on(agreementMarked, 'leases.warn', watch.marked);
    kernel.bus.on(agreementChanged, 'leases.settle-warnings', watch.changed);
    const remind = async (): Promise<void> => void (await watch.remind(service.today()));
    kernel.jobs.add(job({ name: 'leases.remind', every: 3600, timeout: 600, run: remind }));
    places.follow(async (tx, organisation, from, to) => {
      await movePaths(tx, 'leases.lease', 'place', organisation, from, to);
    });
    return {
      ...service,
      importHistory: createHistory(agreements, (...asked) => rules(...asked)),
      remind: () => watch.remind(service.today()),
      /** Numbers of the city, when its policy has them. */
      useRules: (given: RulesOf): void => {
        rules = given;
      },
      /** Who prints leases, and in which wording. */
      useWording: (given: WordingOf): void => {
        wording = given;
      },
      /** Who knows whether a lease owes something past its day. */
      useArrears: (given: typeof owes): void => {
        owes = given;
      },
      noticeOf: (tx: Tx, organisation: string, house: string) => noticeOf(tx, organisation, house, owes),
    };
  },
});

export type LeasesService = ReturnType<typeof leases.setup>;
