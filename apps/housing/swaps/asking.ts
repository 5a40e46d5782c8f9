import type { ExitsService } from '@keystead/apps/housing/exits';
import type { HouseholdsService } from '@keystead/apps/housing/households';
import type { LeasesService } from '@keystead/apps/housing/leases';
import type { StockService } from '@keystead/apps/housing/stock';
import { type Agreement, AgreementMissing, type AgreementsService } from '@keystead/apps/work/agreements';
import { type Actor, systemActor } from '@keystead/contracts/access';
import { localDate } from '@keystead/contracts/calendar';
import { newId } from '@keystead/contracts/ids';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { Course } from './course.ts';
import * as store from './store.ts';
import {
  type Swap,
  SwapArrears,
  SwapHouseTaken,
  SwapMissing,
  SwapNotPossible,
  SwapPartnerMissing,
  SwapRenewalFirst,
  type SwapSide,
  type SwapWish,
} from './swap.ts';

export interface AskingParts extends Pick<Kernel, 'db' | 'clock'> {
  readonly agreements: AgreementsService;
  readonly exits: ExitsService;
  readonly households: HouseholdsService;
  readonly leases: Pick<LeasesService, 'nextOf'>;
  readonly stock: StockService;
  readonly course: Course;
}

export interface SwapAsk {
  readonly reason: string;
  readonly wish: SwapWish;
  /** Number of the contract of the household one would change with. */
  readonly partnerLease?: string;
}

const running = ['effective', 'expiring'];
const offered = 100;

/** What households do: ask, agree, decline, take back. Each reaches what it takes part in and nothing else. */
export function createAsking({ db, clock, agreements, exits, households, leases, stock, course }: AskingParts) {
  /** Throws SwapNotPossible, SwapRenewalFirst, SwapArrears: a household that leaves, owes or changes already does not change houses. */
  async function free(tx: Tx, lease: Agreement): Promise<void> {
    if (!running.includes(lease.state)) throw new SwapNotPossible({ state: lease.state });
    await store.lockLease(tx, lease.id);
    if ((await tx.all(store.openWith(lease.id))).length > 0) throw new SwapNotPossible({ reason: 'swap-open' });
    if (await exits.isLeaving(tx, lease.id)) throw new SwapNotPossible({ reason: 'exit-open' });
    await unfollowed(tx, lease.id);
    await settled(tx, lease.id);
  }

  /** Throws SwapRenewalFirst: a renewal for the house that is left would have nobody to live there. */
  async function unfollowed(tx: Tx, lease: string): Promise<void> {
    const next = await leases.nextOf(tx, lease);
    if (next) throw new SwapRenewalFirst({ lease: next.code });
  }

  async function settled(tx: Tx, lease: string): Promise<void> {
    const owed = await tx.maybe(store.owedPast(lease, localDate(clock.now())));
    if (owed && owed.open > 0) throw new SwapArrears({ owed: owed.open });
  }

  async function sideOf(number: number, lease: Agreement, agreed: boolean): Promise<SwapSide> {
    const tenant = lease.parties.find(({ role }) => role === 'tenant');
    const [house] = await stock.briefs(lease.organisation, { ids: [lease.subject] });
    if (!tenant || !house) throw new SwapNotPossible({ reason: 'no-file' });
    return {
      ...{ number, household: tenant.party, name: tenant.name, lease: lease.id, leaseCode: lease.code },
      ...{ house: lease.subject, houseName: house.name, newHouse: null, newHouseName: null, newLease: null },
      ...{ agreedAt: agreed ? clock.now().toISOString() : null, readings: null, carried: null },
    };
  }

  /** The lease a household lives under. Throws SwapNotPossible. */
  async function homeOf(organisation: Actor['scope']['organisation'], household: string): Promise<Agreement> {
    const asking = systemActor('swaps.own', organisation);
    const leases = await agreements.list(asking, { kind: 'lease', party: household, state: running, limit: 20 });
    const [lease] = leases.sort((a, b) => (a.id < b.id ? 1 : -1));
    if (!lease) throw new SwapNotPossible({ reason: 'no-lease' });
    return lease;
  }

  /** Throws SwapPartnerMissing for any number but that of another lease that runs. */
  async function partnerOf(tx: Tx, actor: Actor, code: string, own: string): Promise<Agreement> {
    const found = await tx.maybe(store.leaseByCode(actor.scope.organisation, code));
    if (!found || found.id === own) throw new SwapPartnerMissing({ lease: code });
    return agreements.lock(tx, systemActor('swaps.own', actor.scope.organisation), found.id);
  }

  /** Throws SwapNotPossible, SwapArrears, SwapPartnerMissing, SwapHouseTaken. */
  async function ask(actor: Actor, wish: SwapAsk): Promise<Swap> {
    const { household } = await households.own.home(actor);
    const { organisation } = actor.scope;
    const home = await homeOf(organisation, household);
    const as: Actor = { ...actor, scope: { ...actor.scope, subtrees: [home.place] } };
    return db.systemTransaction(async (tx) => {
      const lease = await agreements.lock(tx, as, home.id);
      await free(tx, lease);
      const sides = [await sideOf(1, lease, true)];
      if (wish.partnerLease !== undefined) {
        const partner = await partnerOf(tx, actor, wish.partnerLease, lease.id);
        // What keeps the other household is its own affair: it is told when it agrees, not to whoever asks.
        if ((await tx.all(store.openWith(partner.id))).length > 0) throw new SwapPartnerMissing({});
        sides.push(await sideOf(2, partner, false));
      } else if (wish.wish.house !== undefined) {
        const [house] = await stock.briefs(organisation, { ids: [wish.wish.house] });
        if (house?.state !== 'allocatable') throw new SwapHouseTaken({ house: wish.wish.house });
      }
      const mutual = sides.length > 1;
      const made: Omit<Swap, 'number' | 'version'> = {
        ...{ id: newId(), organisation, place: lease.place, kind: mutual ? 'mutual' : 'free', sides },
        ...{ state: mutual ? 'proposed' : 'requested', reason: wish.reason, wish: wish.wish },
        ...{
          changeOn: null,
          worked: [],
          note: null,
          notice: null,
          openedAt: clock.now(),
          decidedAt: null,
          endedAt: null,
        },
      };
      await store.add(tx, made);
      const kept = await course.find(tx, as, made.id);
      await course.told(tx, as, '', kept, { wish: wish.wish });
      return kept;
    });
  }

  /** Mine, with the reach of whoever opened it, so that it can be found; and which side I am. Throws SwapMissing. */
  async function mine(actor: Actor, id: string): Promise<{ as: Actor; side: SwapSide }> {
    const { household } = await households.own.home(actor);
    const found = await db.systemRead(store.swapsOf(actor.scope.organisation, household));
    const swap = found.find((each) => each.id === id);
    const side = swap?.sides.find((each) => each.household === household);
    if (!swap || !side) throw new SwapMissing({ id });
    return { as: { ...actor, scope: { ...actor.scope, subtrees: [swap.place] } }, side };
  }

  return {
    free,
    settled,
    unfollowed,
    own: {
      list: async (actor: Actor): Promise<{ household: string; swaps: Swap[] }> => {
        const { household } = await households.own.home(actor);
        return { household, swaps: await db.systemRead(store.swapsOf(actor.scope.organisation, household)) };
      },
      /** Houses that stand ready to be let. */
      houses: async (actor: Actor) => {
        await households.own.home(actor);
        return stock.briefs(actor.scope.organisation, { free: true, limit: offered });
      },
      ask,
      /** The other household says yes or no. Throws SwapMissing, SwapStepRefused, SwapNotPossible, SwapArrears. */
      answer: async (actor: Actor, id: string, agreed: boolean): Promise<Swap> => {
        const { as, side } = await mine(actor, id);
        return course.take(as, id, agreed ? 'agree' : 'decline', async (tx, before) => {
          // Whoever asked has said yes by asking.
          if (side.number === 1) throw new SwapMissing({ id });
          if (!agreed) return { endedAt: clock.now() };
          const reach = systemActor('swaps.own', actor.scope.organisation);
          const lease = await agreements.lock(tx, reach, side.lease);
          if (!running.includes(lease.state)) throw new SwapNotPossible({ state: lease.state });
          if (await exits.isLeaving(tx, lease.id)) throw new SwapNotPossible({ reason: 'exit-open' });
          await unfollowed(tx, lease.id);
          await settled(tx, lease.id);
          await store.saveSide(tx, before.id, { ...side, agreedAt: clock.now().toISOString() });
          return {};
        });
      },
      /** Either side takes it back as long as not all have signed. Throws SwapMissing, SwapStepRefused. */
      withdraw: async (actor: Actor, id: string, reason: string): Promise<Swap> => {
        const { as } = await mine(actor, id);
        return course.undo(as, id, 'withdraw', reason);
      },
    },
  };
}

export type Asking = ReturnType<typeof createAsking>;
export const askProblems = [
  SwapNotPossible,
  SwapRenewalFirst,
  SwapArrears,
  SwapPartnerMissing,
  SwapHouseTaken,
  AgreementMissing,
];
