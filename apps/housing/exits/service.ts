import type { BillingService } from '@keystead/apps/housing/billing';
import { workingDaysAfter } from '@keystead/apps/housing/eligibility';
import { localDate } from '@keystead/apps/housing/policy';
import type { StockService } from '@keystead/apps/housing/stock';
import type { LedgerService } from '@keystead/apps/work/ledger';
import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { EditConflict } from '@keystead/contracts/problem';
import { sql, type Tx } from '@keystead/kernel/db';
import { after, type Exit, type ExitStep, type Inspection, type Settlement } from './exit.ts';
import type { Opening, OpeningParts } from './opening.ts';
import * as store from './store.ts';

export interface ExitParts extends OpeningParts {
  readonly billing: BillingService;
  readonly ledger: LedgerService;
  readonly stock: StockService;
  readonly opening: Opening;
}

const unpaidDeposits = (agreement: string) => sql<{ id: string; open: number }>`
  select id, amount - settled - waived as open from ledger_pub.charge
  where agreement = ${agreement} and fund = 'deposit' and reversed_at is null and settled + waived < amount`;

/** Steps of an exit from acceptance to the empty house; each in one transaction. */
export function createExits({ db, clock, agreements, policy, billing, ledger, stock, opening }: ExitParts) {
  const { find, told } = opening;

  async function take(
    actor: Actor,
    id: string,
    step: ExitStep,
    version: number | undefined,
    run: (tx: Tx, before: Exit) => Promise<Partial<Exit> & { detail?: object }>,
  ): Promise<Exit> {
    return db.transaction(actor.scope, async (tx) => {
      const before = await find(tx, actor, id);
      if (version !== undefined && version !== before.version) throw new EditConflict({ version: before.version });
      const state = after(before.state, step);
      const { detail, ...change } = await run(tx, before);
      const saved: Exit = { ...before, ...change, state };
      await store.save(tx, saved, state === 'handed-over' ? clock.now() : null);
      await told(tx, actor, before.state, saved, detail);
      return find(tx, actor, id);
    });
  }

  /**
   * The last account (H-9.2.6-b-1): the lease ends on its last day, the month is billed by days with the meters read, damages are charged, the
   * deposit pays what is owed, and what is left goes back. Throws AgreementFixed, PeriodClosed.
   */
  async function settle(tx: Tx, actor: Actor, exit: Exit, channel: string): Promise<Settlement> {
    const { lease: agreement, place, household: party, inspection } = exit;
    const lastDay = inspection?.lastDay ?? localDate(clock.now());
    const reason = `退出 ${exit.leaseCode}`;
    const lease = await agreements.lock(tx, actor, agreement);
    if (lease.state !== 'holdover' && lastDay < lease.endsOn && lastDay >= lease.startsOn)
      await agreements.change(tx, actor, agreement, { endsOn: lastDay, reason });
    await agreements.step(tx, actor, agreement, 'end', reason);
    const usages = (inspection?.usages ?? []).map((usage) => ({
      ...usage,
      ...{ house: exit.house, period: lastDay.slice(0, 7), source: '退出查验' },
    }));
    await billing.bills.finish(tx, actor, { agreement, lastDay, reason, usages });
    const damages = (inspection?.damages ?? []).reduce((sum, { amount }) => sum + amount, 0);
    if (damages > 0) {
      const line = {
        subject: 'damage',
        fund: 'income',
        rank: 60,
        period: lastDay.slice(0, 7),
        dueOn: lastDay,
      } as const;
      const lines = (inspection?.damages ?? []).map(({ text, amount }) => ({ ...line, amount, detail: { text } }));
      const document = { key: `exit:${exit.id}:damage`, document: exit.id, agreement, party, place, lines };
      await ledger.charge(tx, actor, [document]);
    }
    const { deposit } = await ledger.standingIn(tx, actor, agreement);
    const holder = { agreement, party, place, reason };
    // A deposit that was asked for and never paid is asked for no more.
    for (const { id, open } of await tx.all(unpaidDeposits(agreement)))
      await ledger.waive(tx, actor, { charge: id, amount: open, key: `exit:${exit.id}:${id}`, reason });
    if (deposit > 0) await ledger.release(tx, actor, { ...holder, amount: deposit, key: `exit:${exit.id}:deposit` });
    const { prepaid, owed } = await ledger.standingIn(tx, actor, agreement);
    if (prepaid > 0)
      await ledger.refund(tx, actor, { ...holder, channel, amount: prepaid, key: `exit:${exit.id}:refund` });
    return { damages, deposit, refunded: prepaid, owed, channel };
  }

  return {
    /** The household is on its way out: the house is being left. */
    accept: (actor: Actor, id: string, version?: number) =>
      take(actor, id, 'accept', version, async (tx, exit) => {
        if ((await stock.standingIn(tx, actor, exit.house))?.state === 'occupied')
          await stock.stepIn(tx, actor, exit.house, 'start-leaving', { reason: exit.reason });
        return {};
      }),

    inspect: (actor: Actor, id: string, inspection: Inspection, version?: number) =>
      take(actor, id, 'inspect', version, async (tx, exit) => {
        const rules = await policy.at(tx, exit.organisation, clock.now());
        const settleBy = workingDaysAfter(clock.now(), rules.value('settlement-days'));
        const depositBy = workingDaysAfter(clock.now(), rules.value('deposit-return-days'));
        return { inspection, settleBy, depositBy, detail: { lastDay: inspection.lastDay } };
      }),

    settle: (actor: Actor, id: string, channel: string, version?: number) =>
      take(actor, id, 'settle', version, async (tx, exit) => {
        const settlement = await settle(tx, actor, exit, channel);
        return { settlement, detail: settlement };
      }),

    /** Keys and papers are back: the house is free, and the result is to be reported. */
    handOver: (actor: Actor, id: string, version?: number) =>
      take(actor, id, 'hand-over', version, async (tx, exit) => {
        const handover = newId();
        if ((await stock.standingIn(tx, actor, exit.house))?.state === 'moving-out')
          await stock.stepIn(tx, actor, exit.house, 'vacate', { handover });
        return { handover, endedAt: clock.now(), escalated: null, detail: { handover } };
      }),

    cancel: (actor: Actor, id: string, reason: string, version?: number) =>
      take(actor, id, 'cancel', version, async (tx, exit) => {
        if ((await stock.standingIn(tx, actor, exit.house))?.state === 'moving-out')
          await stock.stepIn(tx, actor, exit.house, 'stay', { reason });
        return { endedAt: clock.now(), detail: { reason } };
      }),

    /** The supervision end has taken the result (H-9.2.6-b-2). */
    acknowledged: (actor: Actor, id: string, ack: string) =>
      take(actor, id, 'report', undefined, async () => ({ ack, ackedAt: clock.now(), detail: { ack } })),

    list: (actor: Actor, filter: Parameters<typeof store.exits>[1]) =>
      db.read(actor.scope, store.exits(actor.scope, filter)),
    get: (actor: Actor, id: string) => db.transaction(actor.scope, (tx) => find(tx, actor, id)),
  };
}

export type ExitWork = ReturnType<typeof createExits>;
