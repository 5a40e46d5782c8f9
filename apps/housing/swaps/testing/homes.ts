import type { BillingService } from '@keystead/apps/housing/billing';
import { doorkeys } from '@keystead/apps/housing/doorkeys';
import { movein, openLocks, startTown } from '@keystead/apps/housing/testing';
import type { AgreementsService } from '@keystead/apps/work/agreements';
import type { LedgerService } from '@keystead/apps/work/ledger';
import type { Actor } from '@keystead/contracts/access';
import { swaps as module, type SwapsService } from '../index.ts';

export interface Home {
  readonly house: string;
  readonly household: string;
  readonly tenant: Actor;
  readonly lease: string;
  readonly code: string;
  readonly lock: { id: string; number: number };
}

export const local = (time: string): Date => new Date(`${time}+08:00`);
export const readings = (house: string, end: number) => ({ house, readings: [{ subject: 'water', begin: 0, end }] });

/** A town with households that live in houses with locks and could change them; water costs three yuan. */
export async function startHomes() {
  const town = await startTown(movein, module, doorkeys);
  const { services } = town.platform;
  const { ask, clerk } = town;
  const ledger = services.ledger as LedgerService;
  const telemetry = services.telemetry as { close(): Promise<void> };
  const locks = openLocks(town.platform, town.platform.actor('thing:write', 'place:read'));
  let reference = 0;

  const done = (answer: { status: number; body: unknown }) => {
    if (answer.status >= 300) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  };
  done(await ask('PUT', '/move-ins/lessor', clerk, { party: town.lessor.id }));
  const steps = [{ upTo: null, price: 30_000 }];
  const tariff = { subject: 'water', effectiveOn: '2026-01-01', steps, basis: '价格批复' };
  done(await ask('POST', '/fees/tariffs', town.platform.actor('fee:write'), tariff));

  async function sign(lease: string, household: string): Promise<void> {
    for (const [role, party] of [
      ['tenant', household],
      ['lessor', town.lessor.id],
    ]) {
      const { digest } = (await ask('GET', `/leases/${lease}`, clerk)).body;
      const by = { role, party, digest, identityCheck: 'counter', consent: '同意' };
      done(await ask('POST', `/leases/${lease}/signatures`, clerk, by));
    }
  }
  const pay = (lease: string, amount: number) =>
    ask('POST', '/payments', clerk, {
      ...{ agreement: lease, channel: 'cash', reference: `R-${++reference}`, amount },
      paidAt: town.platform.clock.now().toISOString(),
    });

  /** A household that lives in a house with a lock, its month billed and all of it paid: 600 rent, 1000 deposit. */
  async function settled(paid = true): Promise<Home> {
    const house = await town.house();
    const lock = await locks.fit('lock', house);
    const { household, tenant } = await town.family();
    const { body: process } = await ask('POST', '/move-ins', clerk, { household, house });
    const { lease } = (await ask('POST', `/move-ins/${process.id}/contract`, clerk, {})).body;
    await sign(lease, household);
    await ask('POST', `/move-ins/${process.id}/check-in`, clerk, { readings: {}, furniture: [], photos: [] });
    const { db, organisation } = town.platform;
    const { issuing } = services.billing as BillingService;
    const period = town.platform.clock.now().toISOString().slice(0, 7);
    await db.transaction(clerk.scope, async (tx) => {
      const terms = await issuing.termsOf(tx, organisation, period);
      const leases = await issuing.leasesOf(tx, organisation, period, '00000000-0000-0000-0000-000000000000', 1, lease);
      const [work] = await issuing.workOut(tx, terms, leases);
      if (work) await issuing.issue(tx, clerk, terms, [{ ...work, revision: 1 }], null);
    });
    if (paid) done(await pay(lease, 160_000));
    await locks.settle();
    const { code } = (await ask('GET', `/leases/${lease}`, clerk)).body;
    return { house, household, tenant, lease, code, lock };
  }

  return {
    ...{ town, ledger, locks, sign, pay, settled },
    swaps: services.swaps as SwapsService,
    agreements: services.agreements as AgreementsService,
    asks: (home: Home, more: object = {}) =>
      ask('POST', '/own-swaps', home.tenant, { reason: '老人上楼不便', wish: {}, ...more }),
    ofClerk: async (id: string) => (await ask('GET', `/swaps/${id}`, clerk)).body.swap,
    stop: async (): Promise<void> => {
      await telemetry.close();
      await town.platform.stop();
    },
  };
}

export type Homes = Awaited<ReturnType<typeof startHomes>>;
