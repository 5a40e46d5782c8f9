import { type BillingService, type MeterTold, withSource } from '@keystead/apps/housing/billing';
import { workingDaysAfter } from '@keystead/apps/housing/eligibility';
import type { Photo, StepDetail } from '@keystead/apps/housing/handling';
import type { MoveInsService } from '@keystead/apps/housing/movein';
import type { StockService } from '@keystead/apps/housing/stock';
import type { Agreement } from '@keystead/apps/work/agreements';
import type { LedgerService } from '@keystead/apps/work/ledger';
import type { Actor } from '@keystead/contracts/access';
import { localDate } from '@keystead/contracts/calendar';
import { newId } from '@keystead/contracts/ids';
import { EditConflict } from '@keystead/contracts/problem';
import { sql, type Tx } from '@keystead/kernel/db';
import { renderPaper } from '@keystead/kernel/pdf';
import {
  after,
  checkInspection,
  type Exit,
  type ExitFilter,
  ExitMissing,
  type ExitStep,
  ExitStepRefused,
  exitCode,
  type Inspection,
  type Settlement,
  type SettlementLine,
} from './exit.ts';
import { settlementPaper } from './form.ts';
import type { Opening, OpeningParts } from './opening.ts';
import * as store from './store.ts';
import type { Transitions } from './transitions.ts';

export interface ExitParts extends OpeningParts {
  readonly billing: BillingService;
  readonly moveIns: Pick<MoveInsService, 'readingsOf'>;
  readonly ledger: LedgerService;
  readonly stock: StockService;
  readonly opening: Opening;
  readonly transitions: Transitions;
}

/** A house is looked at so long before the last day at most, unless the day to leave by is later. */
const inspectAhead = 31 * 86_400_000;

const unpaidDeposits = (agreement: string) => sql<{ id: string; open: number }>`
  select id, amount - settled - waived as open from ledger_pub.charge
  where agreement = ${agreement} and fund = 'deposit' and reversed_at is null and settled + waived < amount`;

/** What the last account is about: the last month, and whatever is open before it. */
const account = (agreement: string, period: string, staying: string | undefined) => sql<SettlementLine>`
  select subject, period, sum(amount)::bigint as amount, sum(settled + waived)::bigint as settled,
    coalesce(subject = 'rent' and detail->>'from' >= ${staying ?? null}::text, false) as transition from ledger_pub.charge
  where agreement = ${agreement} and fund <> 'deposit' and reversed_at is null and (period = ${period} or settled + waived < amount)
  group by 1, 2, 5 order by 2, 1, 5`;

/** Steps of an exit from acceptance to the empty house; each in one transaction. */
export function createExits(parts: ExitParts) {
  const { db, clock, agreements, policy, billing, handling, ledger, moveIns, stock, opening, transitions } = parts;
  const { find, told } = opening;

  async function take(
    actor: Actor,
    id: string,
    step: ExitStep,
    version: number | undefined,
    run: (tx: Tx, before: Exit) => Promise<Partial<Exit> & { detail?: StepDetail }>,
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
   * deposit pays what is owed, and what is left goes back. Days beyond the one to leave by are paid by the market rent. Throws
   * AgreementFixed, PeriodClosed, MarketRentMissing.
   */
  async function settle(tx: Tx, actor: Actor, exit: Exit, channel: string): Promise<Settlement> {
    const { lease: agreement, place, household: party, inspection } = exit;
    const lastDay = inspection?.lastDay ?? localDate(clock.now());
    const reason = `退出 ${exit.leaseCode}`;
    const lease = await agreements.lock(tx, actor, agreement);
    const staying = await transitions.applyIn(tx, actor, exit, lease, lastDay);
    if (lease.state !== 'holdover' && lastDay < lease.endsOn && lastDay >= lease.startsOn)
      await agreements.change(tx, actor, agreement, { endsOn: lastDay, reason });
    await agreements.step(tx, actor, agreement, 'end', reason);
    const usages = (inspection?.usages ?? []).map(({ source: from, ...usage }) => ({
      ...usage,
      ...{ house: exit.house, period: lastDay.slice(0, 7), source: from === 'telemetry' ? from : '退出查验' },
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
    const { deposit, prepaid: ahead } = await ledger.standingIn(tx, actor, agreement);
    const transition = await transitions.settledIn(tx, exit, staying, lastDay);
    const lines = await tx.all(account(agreement, lastDay.slice(0, 7), transition?.from));
    const holder = { agreement, party, place, reason };
    // A deposit that was asked for and never paid is asked for no more.
    for (const { id, open } of await tx.all(unpaidDeposits(agreement)))
      await ledger.waive(tx, actor, { charge: id, amount: open, key: `exit:${exit.id}:${id}`, reason });
    if (deposit > 0) await ledger.release(tx, actor, { ...holder, amount: deposit, key: `exit:${exit.id}:deposit` });
    const { prepaid, owed } = await ledger.standingIn(tx, actor, agreement);
    if (prepaid > 0)
      await ledger.refund(tx, actor, { ...holder, channel, amount: prepaid, key: `exit:${exit.id}:refund` });
    const sums = { lines, prepaid: ahead, damages, deposit, refunded: prepaid, owed, channel };
    return transition ? { ...sums, transition } : sums;
  }

  const toldOf = async (tx: Tx, actor: Actor, lease: Agreement, lastDay: string): Promise<MeterTold[]> =>
    billing.toldOf(actor, lease, lastDay, await moveIns.readingsOf(tx, lease.id));

  const line = async (actor: Actor, id: string) => {
    const [found] = await db.read(actor.scope, store.lineById(actor.scope, id));
    if (!found) throw new ExitMissing({ id });
    return found;
  };

  return {
    /** The household is on its way out: the house is being left. */
    accept: (actor: Actor, id: string, version?: number) =>
      take(actor, id, 'accept', version, async (tx, exit) => {
        if ((await stock.standingIn(tx, actor, exit.house))?.state === 'occupied')
          await stock.stepIn(tx, actor, exit.house, 'start-leaving', { reason: exit.reason });
        return {};
      }),

    /** Throws InputInvalid for a day or a reading that cannot be. */
    inspect: (actor: Actor, id: string, inspection: Inspection, version?: number) =>
      take(actor, id, 'inspect', version, async (tx, exit) => {
        const lease = await agreements.lock(tx, actor, exit.lease);
        const ahead = localDate(new Date(clock.now().getTime() + inspectAhead));
        checkInspection(inspection, [lease.startsOn, exit.leaveBy > ahead ? exit.leaveBy : ahead]);
        const usages = withSource(inspection.usages, await toldOf(tx, actor, lease, inspection.lastDay));
        const rules = await policy.at(tx, exit.organisation, clock.now(), exit.place);
        const settleBy = workingDaysAfter(clock.now(), rules.value('settlement-days'));
        const depositBy = workingDaysAfter(clock.now(), rules.value('deposit-return-days'));
        const found = { ...inspection, usages };
        return { inspection: found, settleBy, depositBy, detail: { lastDay: inspection.lastDay, usages } };
      }),

    settle: (actor: Actor, id: string, channel: string, version?: number) =>
      take(actor, id, 'settle', version, async (tx, exit) => {
        const settlement = await settle(tx, actor, exit, channel);
        const { lines: _, ...sums } = settlement;
        return { settlement, detail: sums };
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
        await transitions.giveBackIn(tx, actor, exit);
        return { endedAt: clock.now(), detail: { reason } };
      }),

    /** The supervision end has taken the result (H-9.2.6-b-2). */
    acknowledged: (actor: Actor, id: string, ack: string) =>
      take(actor, id, 'report', undefined, async () => ({ ack, ackedAt: clock.now(), detail: { ack } })),

    list: (actor: Actor, { late, ...filter }: Omit<ExitFilter, 'lateAt'> & { late?: boolean | undefined }) =>
      db.read(actor.scope, store.exits(actor.scope, { ...filter, ...(late ? { lateAt: clock.now() } : {}) })),
    counts: (actor: Actor) => db.read(actor.scope, store.exitCounts(actor.scope, clock.now())),
    get: line,
    /** Rent beyond the day to leave by: paid, or to be paid. Throws ExitMissing. */
    transition: async (actor: Actor, id: string) => transitions.aheadOf(actor, await line(actor, id)),
    /** What the meters of the home tell by themselves up to a last day. Throws ExitMissing. */
    meters: (actor: Actor, id: string, lastDay: string): Promise<MeterTold[]> =>
      db.transaction(actor.scope, async (tx) => {
        const exit = await find(tx, actor, id);
        return toldOf(tx, actor, await agreements.lock(tx, actor, exit.lease), lastDay);
      }),
    history: (actor: Actor, id: string) => db.read(actor.scope, store.trail.of(id)),
    /** The last account as an A4 paper. Throws ExitMissing, ExitStepRefused before it was made. */
    form: async (actor: Actor, id: string): Promise<{ name: string; content: Buffer }> => {
      const exit = await line(actor, id);
      if (!exit.settlement) throw new ExitStepRefused({ state: exit.state });
      const names = await db.systemTransaction((tx) => billing.catalogue.subjectsOf(tx, exit.organisation));
      const subjects = new Map(names.map(({ code, nameZh }) => [code, nameZh]));
      const paper = settlementPaper({ exit, settlement: exit.settlement, subjects, at: clock.now() });
      return { name: `${exitCode(exit.number)}.pdf`, content: await renderPaper(paper) };
    },
    /** A photo of what was found, kept before the inspection names it. Throws ExitMissing. */
    putPhoto: async (actor: Actor, id: string, photo: Photo) =>
      handling.putPhoto(actor, `exit:${id}`, (await line(actor, id)).place, photo),
  };
}

export type ExitWork = ReturnType<typeof createExits>;
