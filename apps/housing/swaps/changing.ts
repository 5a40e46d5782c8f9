import { type BillingService, readingsFrom } from '@keystead/apps/housing/billing';
import type { LeasesService } from '@keystead/apps/housing/leases';
import type { StockService } from '@keystead/apps/housing/stock';
import type { AgreementsService } from '@keystead/apps/work/agreements';
import type { LedgerService } from '@keystead/apps/work/ledger';
import { type Actor, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { localDate, plusDays } from '@keystead/contracts/calendar';
import type { agreementChanged } from '@keystead/contracts/events/agreements';
import type { EventEnvelope, Payload } from '@keystead/contracts/events/define';
import type { exitChanged } from '@keystead/contracts/events/exits';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { Course } from './course.ts';
import type { Meters } from './meters.ts';
import type { SwapNotice } from './notice.ts';
import * as store from './store.ts';
import { type ChangeWork, type Swap, type SwapSide, swapCode, workLeft } from './swap.ts';

export interface ChangingParts extends Pick<Kernel, 'db' | 'clock' | 'audit' | 'log'> {
  readonly agreements: AgreementsService;
  readonly billing: BillingService;
  readonly course: Course;
  readonly leases: LeasesService;
  readonly ledger: LedgerService;
  readonly meters: Meters;
  readonly stock: StockService;
}

/** It is done, or it waits for something a person brings; the notice says for what. */
type Outcome = 'done' | { readonly waits: SwapNotice };

/** What the calendar brings about: signed contracts make a day certain, the day changes the houses, a day nobody signed for lapses. */
export function createChanging(parts: ChangingParts) {
  const { db, clock, audit, log, agreements, billing, course, ledger, meters, stock } = parts;
  const platform = (organisation: string): Actor => systemActor('swaps.change', organisation as OrganisationId);
  const reasonOf = ({ number }: Swap): string => `换租 ${swapCode(number)}`;

  /** Old leases end and new ones begin; who comes into a free house moves in, the house that is left is being left. */
  async function contracts(tx: Tx, actor: Actor, swap: Swap): Promise<Outcome> {
    const reason = reasonOf(swap);
    for (const { newLease } of swap.sides)
      if (newLease && (await agreements.lock(tx, actor, newLease)).state === 'signed')
        await agreements.step(tx, actor, newLease, 'begin');
    for (const side of swap.sides) {
      const lease = await agreements.lock(tx, actor, side.lease);
      if (['effective', 'expiring', 'holdover'].includes(lease.state))
        await agreements.step(tx, actor, side.lease, 'end', reason);
      if (side.newHouse && side.newLease) {
        const goal = await stock.standingIn(tx, actor, side.newHouse);
        const facts = { lease: side.newLease, handover: swap.id };
        if (goal?.state === 'pending-move-in') await stock.stepIn(tx, actor, side.newHouse, 'move-in', facts);
      }
      const left = await stock.standingIn(tx, actor, side.house);
      if (left?.state === 'occupied' && left.lease === side.lease)
        await stock.stepIn(tx, actor, side.house, 'start-leaving', { reason });
    }
    return 'done';
  }

  /** What the meters themselves told, kept with the side; undefined where a person has to look. */
  async function readBy(tx: Tx, actor: Actor, swap: Swap, side: SwapSide, lastDay: string) {
    const metered = (await agreements.fees(actor, side.lease)).some(({ basis }) => basis.kind === 'metered');
    if (!metered) return [];
    const lease = await agreements.lock(tx, actor, side.lease);
    const readings = readingsFrom(await meters.toldOf(tx, actor, lease, lastDay));
    if (!readings) return undefined;
    await store.saveSide(tx, swap.id, { ...side, readings });
    await audit.add(tx, actor, {
      action: 'swap.read',
      subject: `swap:${swap.id}`,
      place: lease.place,
      detail: { house: side.house, readings },
    });
    return readings;
  }

  /** The last bill of each lease that ended: the month by days, and the meters as they were read. */
  async function bills(tx: Tx, actor: Actor, swap: Swap): Promise<Outcome> {
    const lastDay = plusDays(swap.changeOn ?? localDate(clock.now()), -1);
    const read: SwapSide[] = [];
    for (const side of swap.sides) {
      const readings = side.readings ?? (await readBy(tx, actor, swap, side, lastDay));
      if (readings === undefined) return { waits: { code: 'meters-awaited', house: side.houseName } };
      read.push({ ...side, readings });
    }
    for (const side of read) {
      const usages = (side.readings ?? []).map(({ source: from, ...reading }) => ({
        ...reading,
        ...{ house: side.house, period: lastDay.slice(0, 7) },
        source: from === 'telemetry' ? from : reasonOf(swap),
      }));
      await billing.finish(tx, actor, { agreement: side.lease, lastDay, reason: reasonOf(swap), usages });
    }
    return 'done';
  }

  /** The deposit is held under the new lease; what that one does not ask for settles what is owed there, or waits to. */
  async function deposits(tx: Tx, actor: Actor, swap: Swap): Promise<Outcome> {
    const reason = reasonOf(swap);
    for (const side of swap.sides) {
      if (!side.newLease) continue;
      const [before, next] = [
        await agreements.lock(tx, actor, side.lease),
        await agreements.lock(tx, actor, side.newLease),
      ];
      const holder = (lease: typeof before) => ({ agreement: lease.id, party: side.household, place: lease.place });
      const { deposit } = await ledger.standingIn(tx, actor, side.lease);
      const key = `swap:${swap.id}:${side.number}`;
      if (deposit > 0)
        await ledger.carry(tx, actor, { from: holder(before), to: holder(next), amount: deposit, key, reason });
      const [goal] = side.newHouse ? await stock.briefs(swap.organisation, { ids: [side.newHouse] }) : [];
      const spare = deposit - (goal?.deposit ?? 0);
      if (spare > 0) await ledger.release(tx, actor, { ...holder(next), amount: spare, key: `${key}:spare`, reason });
      await store.saveSide(tx, swap.id, { ...side, carried: deposit });
    }
    return 'done';
  }

  /** A house nobody follows in is free again: keys and meters are taken back. */
  async function houses(tx: Tx, actor: Actor, swap: Swap): Promise<Outcome> {
    for (const side of swap.sides) {
      const left = await stock.standingIn(tx, actor, side.house);
      if (left?.state === 'moving-out' && left.lease === side.lease)
        await stock.stepIn(tx, actor, side.house, 'vacate', { handover: swap.id });
    }
    return 'done';
  }

  const work: Readonly<Record<ChangeWork, (tx: Tx, actor: Actor, swap: Swap) => Promise<Outcome>>> = {
    contracts,
    bills,
    deposits,
    houses,
  };

  /** One piece of work in one transaction. True = there is more to do at once. */
  async function advance(id: string, organisation: string): Promise<boolean> {
    const actor = platform(organisation);
    return db.systemTransaction(async (tx) => {
      const swap = await course.find(tx, actor, id);
      if (swap.state === 'scheduled') {
        await course.takeIn(tx, actor, swap, 'change', {});
        return true;
      }
      if (swap.state !== 'changing') return false;
      const [next, ...rest] = workLeft(swap.worked);
      if (!next) return false;
      const outcome = await work[next](tx, actor, swap);
      if (outcome !== 'done') {
        const { code, house } = outcome.waits;
        if (swap.notice?.code !== code || swap.notice.house !== house)
          await store.save(tx, { ...swap, notice: outcome.waits });
        return false;
      }
      const worked = [...swap.worked, next];
      if (rest.length === 0)
        await course.takeIn(tx, actor, swap, 'finish', { worked, note: null, notice: null, endedAt: clock.now() });
      else {
        const saved = { ...swap, worked, note: null, notice: null };
        await store.save(tx, saved);
        await course.told(tx, actor, 'changing', saved, { worked: next });
      }
      return rest.length > 0;
    });
  }

  async function changeOne(id: string, organisation: string): Promise<void> {
    while (await advance(id, organisation));
  }

  /** What is due today; a swap that fails is tried again next time and holds up no other. */
  async function pass(): Promise<void> {
    for (const { id, organisation, state } of await db.systemRead(store.due(localDate(clock.now())))) {
      try {
        if (state === 'approved') await course.undo(platform(organisation), id, 'lapse', { code: 'not-signed' });
        else await changeOne(id, organisation);
      } catch (cause) {
        log.error({ err: cause, swap: id }, 'a change of houses could not go on');
      }
    }
  }

  const signed = (state: string): boolean => ['signed', ...['effective', 'expiring', 'holdover']].includes(state);
  const newSide = (swap: Swap, lease: string): SwapSide | undefined =>
    swap.sides.find(({ newLease }) => newLease === lease);

  return {
    pass,

    /** The last signature makes the day certain; a contract that is void ends it for all. */
    leaseChanged: async (
      { organisation, payload }: EventEnvelope<Payload<typeof agreementChanged>>,
      tx: Tx,
    ): Promise<void> => {
      if (payload.kind !== 'lease' || (payload.to !== 'signed' && payload.to !== 'void')) return;
      const actor = platform(organisation);
      for (const swap of await tx.all(store.openWith(payload.id))) {
        if (!newSide(swap, payload.id)) continue;
        if (payload.to === 'void') {
          if (swap.state !== 'approved' && swap.state !== 'scheduled') continue;
          const others = { ...swap, sides: swap.sides.filter(({ newLease }) => newLease !== payload.id) };
          const notice = { code: 'contract-void' } as const;
          await course.tearUp(tx, others, notice);
          await course.takeIn(tx, actor, swap, 'cancel', { notice, endedAt: clock.now() });
          continue;
        }
        const leases = await Promise.all(
          swap.sides.map(({ newLease }) => agreements.lock(tx, actor, newLease ?? payload.id)),
        );
        if (swap.state === 'approved' && leases.every(({ state }) => signed(state)))
          await course.takeIn(tx, actor, swap, 'sign', {});
      }
    },

    /** Who leaves for good does not change houses. */
    exitBegun: async ({ organisation, payload }: EventEnvelope<Payload<typeof exitChanged>>, tx: Tx): Promise<void> => {
      if (payload.to !== 'initiated') return;
      const actor = platform(organisation);
      for (const swap of await tx.all(store.openWith(payload.lease))) {
        if (swap.state === 'changing') continue;
        const notice = { code: 'exit-begun' } as const;
        await course.tearUp(tx, swap, notice);
        await course.takeIn(tx, actor, swap, 'cancel', { notice, endedAt: clock.now() });
      }
    },
  };
}

export type Changing = ReturnType<typeof createChanging>;
