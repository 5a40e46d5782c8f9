import { type LastReading, type MeterTold, withSource } from '@keystead/apps/housing/billing';
import type { LeasesService } from '@keystead/apps/housing/leases';
import type { MoveInsService } from '@keystead/apps/housing/movein';
import { HouseMissing, HouseStepRefused, type StockService } from '@keystead/apps/housing/stock';
import {
  type Agreement,
  AgreementMissing,
  AgreementOverlaps,
  type AgreementsService,
} from '@keystead/apps/work/agreements';
import type { LedgerService } from '@keystead/apps/work/ledger';
import { type Actor, inScope } from '@keystead/contracts/access';
import { localDate, plusDays } from '@keystead/contracts/calendar';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { Asking } from './asking.ts';
import type { Course } from './course.ts';
import type { Meters } from './meters.ts';
import * as store from './store.ts';
import {
  depositMissing,
  type Swap,
  SwapDateRefused,
  SwapHouseTaken,
  SwapNotPossible,
  SwapReadingsRefused,
  type SwapSide,
  SwapStepRefused,
} from './swap.ts';

export interface DecidingParts extends Pick<Kernel, 'db' | 'clock' | 'audit'> {
  readonly agreements: AgreementsService;
  readonly asking: Asking;
  readonly course: Course;
  readonly leases: LeasesService;
  readonly ledger: LedgerService;
  readonly meters: Meters;
  readonly moveIns: MoveInsService;
  readonly stock: StockService;
}

export interface Approval {
  /** First day in the other house. */
  readonly changeOn: string;
  /** The house, where none is given by the other household. */
  readonly house?: string | undefined;
  readonly note?: string | undefined;
}

const running = ['effective', 'expiring'];
/** Last day in the house that is left. Only once there is a day. */
const lastDayOf = ({ changeOn }: Swap): string => plusDays(changeOn ?? '', -1);

/** What the clerk does: approve with house and day, refuse or call off with a reason, write down meters. */
export function createDeciding(parts: DecidingParts) {
  const { db, clock, audit, agreements, asking, course, leases, ledger, meters, moveIns, stock } = parts;

  /** The other household's home may lie where the clerk has no say. */
  const reached = (actor: Actor, lease: string): Promise<Agreement | undefined> =>
    agreements.get(actor, lease).catch((cause: unknown) => {
      if (cause instanceof AgreementMissing) return undefined;
      throw cause;
    });

  /** The lease that is left. Throws SwapNotPossible, SwapRenewalFirst, SwapArrears, SwapDateRefused. */
  async function leaving(tx: Tx, actor: Actor, side: SwapSide, changeOn: string): Promise<Agreement> {
    const lease = await agreements.lock(tx, actor, side.lease);
    if (!running.includes(lease.state)) throw new SwapNotPossible({ state: lease.state });
    await asking.unfollowed(tx, lease.id);
    await asking.settled(tx, lease.id);
    const [first, last] = [plusDays(localDate(clock.now()), 1), lease.endsOn];
    if (changeOn < first || changeOn > last || changeOn <= lease.startsOn) throw new SwapDateRefused({ first, last });
    return lease;
  }

  /** The new lease in words: the old term goes on, rent and fees are those of the other house, of the deposit what is missing. */
  async function draft(tx: Tx, actor: Actor, lease: Agreement, house: string, changeOn: string): Promise<Agreement> {
    const { fees, terms, title } = await moveIns.termsOf(actor, house);
    const { deposit } = await ledger.standingIn(tx, actor, lease.id);
    const asked = fees.flatMap((fee) => {
      if (fee.subject !== 'deposit' || !('amount' in fee.basis)) return [fee];
      const amount = depositMissing(Number(fee.basis.amount), deposit);
      return amount > 0 ? [{ ...fee, basis: { ...fee.basis, amount } }] : [];
    });
    const wish = { house, title, terms: { ...terms, swap: lease.code }, fees: asked };
    return leases.followIn(tx, actor, lease.id, 'resign', { ...wish, startsOn: changeOn, endsOn: lease.endsOn });
  }

  /** Where each side goes: into each other's house, or into the one the clerk or the household named. Throws SwapHouseTaken. */
  async function goals(actor: Actor, swap: Swap, named: string | undefined): Promise<string[]> {
    const [one, other] = swap.sides;
    if (one && other) return [other.house, one.house];
    const house = named ?? swap.wish.house;
    const [found] = house ? await stock.briefs(swap.organisation, { ids: [house] }) : [];
    if (!found) throw new HouseMissing({ id: house ?? '' });
    await stock.get(actor, found.id);
    if (found.state !== 'allocatable') throw new SwapHouseTaken({ house: found.id });
    return [found.id];
  }

  async function approved(
    tx: Tx,
    actor: Actor,
    swap: Swap,
    { changeOn, house, note }: Approval,
  ): Promise<Partial<Swap>> {
    const to = await goals(actor, swap, house);
    const briefs = await stock.briefs(swap.organisation, { ids: to });
    const ids: string[] = [];
    for (const [index, side] of swap.sides.entries()) {
      const newHouse = to[index] ?? '';
      const lease = await leaving(tx, actor, side, changeOn);
      const made = await draft(tx, actor, lease, newHouse, changeOn);
      const newHouseName = briefs.find(({ id }) => id === newHouse)?.name ?? '';
      await store.saveSide(tx, swap.id, { ...side, newHouse, newHouseName, newLease: made.id });
      ids.push(made.id);
    }
    try {
      await leases.stepTogether(tx, actor, ids, 'submit', '');
    } catch (cause) {
      // Somebody else has it since: a lease out for signing holds its house.
      if (cause instanceof HouseStepRefused || cause instanceof AgreementOverlaps)
        throw new SwapHouseTaken({ houses: to });
      throw cause;
    }
    return { changeOn, decidedAt: clock.now(), note: note ?? null };
  }

  return {
    /**
     * The new contracts go out for signing, each from the day of the change; the old leases end the day before. Throws SwapMissing,
     * SwapStepRefused, SwapHouseTaken, SwapNotPossible, SwapArrears, SwapDateRefused, AgreementMissing out of reach.
     */
    approve: (actor: Actor, id: string, wish: Approval, version?: number): Promise<Swap> =>
      course.take(actor, id, 'approve', (tx, before) => approved(tx, actor, before, wish), version),

    refuse: (actor: Actor, id: string, reason: string, version?: number): Promise<Swap> =>
      course.take(
        actor,
        id,
        'refuse',
        async () => ({ note: reason, decidedAt: clock.now(), endedAt: clock.now() }),
        version,
      ),

    /** Called off by the office before its day, contracts and all. */
    cancel: (actor: Actor, id: string, reason: string, version?: number): Promise<Swap> =>
      course.undo(actor, id, 'cancel', reason, version),

    /** What the meters of the houses that are left tell by themselves, as far as the actor reaches them. Throws SwapMissing. */
    told: (actor: Actor, id: string): Promise<MeterTold[]> =>
      db.transaction(actor.scope, async (tx) => {
        const swap = await course.find(tx, actor, id);
        const told: MeterTold[] = [];
        for (const side of swap.changeOn ? swap.sides : []) {
          const lease = await reached(actor, side.lease);
          if (lease) told.push(...(await meters.toldOf(tx, actor, lease, lastDayOf(swap))));
        }
        return told;
      }),

    /** Meters of a house that is left, as they stood on the last day. Throws SwapReadingsRefused, SwapStepRefused. */
    read: (actor: Actor, id: string, house: string, readings: readonly LastReading[]): Promise<Swap> =>
      db.systemTransaction(async (tx) => {
        const swap = await course.find(tx, actor, id);
        if (swap.state !== 'scheduled' && swap.state !== 'changing') throw new SwapStepRefused({ state: swap.state });
        const side = swap.sides.find((each) => each.house === house);
        if (!side || swap.worked.includes('bills') || readings.some(({ begin, end }) => end < begin))
          throw new SwapReadingsRefused({ house });
        const lease = await agreements.lock(tx, actor, side.lease);
        if (!inScope(actor.scope, lease.place)) throw new SwapReadingsRefused({ house });
        const written = withSource(readings, await meters.toldOf(tx, actor, lease, lastDayOf(swap)));
        await store.saveSide(tx, id, { ...side, readings: written });
        await store.save(tx, { ...swap, note: null, notice: null });
        await audit.add(tx, actor, {
          action: 'swap.read',
          subject: `swap:${id}`,
          place: lease.place,
          detail: { house, readings: written },
        });
        return course.find(tx, actor, id);
      }),
  };
}

export type Deciding = ReturnType<typeof createDeciding>;
