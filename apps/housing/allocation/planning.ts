import { randomBytes } from 'node:crypto';
import type { StockService } from '@keystead/apps/housing/stock';
import { type Actor, inScope } from '@keystead/contracts/access';
import { allocationChanged } from '@keystead/contracts/events/allocation';
import { newId } from '@keystead/contracts/ids';
import { InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import type { PlacesService } from '@keystead/data/places';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type Commitment, hashOfList, hashOfSeed, orderOf, type Ranking } from './draw.ts';
import { entryCode, HouseNotFree, type Plan, PlanMissing, type PlanState, PlanStepRefused, slotOf } from './plan.ts';
import * as store from './store.ts';

export interface PlanWish {
  readonly name: string;
  readonly placeId: string;
  readonly ranking: Ranking;
  readonly intentUntil: Date;
  readonly slotMinutes: number;
  readonly houses: readonly string[];
}

export interface PlanningParts extends Pick<Kernel, 'db' | 'clock' | 'audit' | 'outbox'> {
  readonly places: PlacesService;
  readonly stock: StockService;
}

/** A plan from its draft over intent, commitment and draw to choosing. What is published is never changed. */
export function createPlanning({ db, clock, audit, outbox, places, stock }: PlanningParts) {
  const find = (tx: Tx, actor: Actor, id: string): Promise<Plan> =>
    tx.one(store.planById(actor.scope, id), () => new PlanMissing({ id }));

  async function move(tx: Tx, actor: Actor, before: Plan, change: Partial<Plan>, detail: object = {}): Promise<Plan> {
    const after: Plan = { ...before, ...change };
    await store.savePlan(tx, after);
    const { id, state } = after;
    await outbox.add(tx, allocationChanged, after, { plan: id, from: before.state, to: state });
    await audit.add(tx, actor, {
      action: `allocation.${state}`,
      subject: `allocation-plan:${id}`,
      place: after.place,
      detail: { from: before.state, ...detail },
    });
    return find(tx, actor, id);
  }

  const step = (
    actor: Actor,
    id: string,
    from: PlanState,
    then: (tx: Tx, plan: Plan) => Promise<Plan>,
  ): Promise<Plan> =>
    db.transaction(actor.scope, async (tx) => {
      const plan = await find(tx, actor, id);
      if (plan.state !== from) throw new PlanStepRefused({ state: plan.state });
      return then(tx, plan);
    });

  return {
    find,
    move,

    /** Throws HouseNotFree naming those that are not, PlaceMissing, NotAllowed, InputInvalid. */
    create: (actor: Actor, wish: PlanWish): Promise<Plan> =>
      db.transaction(actor.scope, async (tx) => {
        const { organisation } = actor.scope;
        const place = await places.pathOf(tx, organisation, wish.placeId);
        if (!inScope(actor.scope, place)) throw new NotAllowed({ reason: 'place-out-of-reach' });
        const taken: string[] = [];
        for (const house of wish.houses)
          if ((await stock.standingIn(tx, actor, house))?.state !== 'allocatable') taken.push(house);
        if (taken.length > 0) throw new HouseNotFree({ houses: taken.slice(0, 50) });
        if (wish.intentUntil <= clock.now())
          throw new InputInvalid({ in: 'body' }, [{ pointer: '/intentUntil', code: 'in-the-past' }]);
        const plan = { ...wish, id: newId(), organisation, place, madeAt: clock.now() };
        await store.addPlan(tx, plan, [...new Set(wish.houses)]);
        const made = await find(tx, actor, plan.id);
        await audit.add(tx, actor, {
          action: 'allocation.draft',
          subject: `allocation-plan:${plan.id}`,
          place,
          detail: { name: wish.name, ranking: wish.ranking, houses: wish.houses.length },
        });
        return made;
      }),

    /** Announces the plan: households say whether they want a house of it. */
    announce: (actor: Actor, id: string) =>
      step(actor, id, 'draft', (tx, plan) => move(tx, actor, plan, { state: 'open' })),

    /**
     * Closes the list and publishes it with its hash and the hash of a seed that nobody has seen: from here on nothing can
     * be chosen any more. Throws PlanStepRefused, also while households may still say that they want to.
     */
    commit: (actor: Actor, id: string) =>
      step(actor, id, 'open', async (tx, plan) => {
        if (clock.now() < plan.intentUntil) throw new PlanStepRefused({ until: plan.intentUntil.toISOString() });
        const entrants = await tx.all(store.entrantsOf(id));
        if (entrants.length === 0) throw new PlanStepRefused({ entrants: 0 });
        const list = entrants.map(({ number, priority, score, since }) => ({
          ...{ entry: entryCode(number), priority, score, since: since.toISOString() },
        }));
        const seed = randomBytes(32).toString('hex');
        const listHash = hashOfList(id, plan.ranking, list);
        const head = { format: 'keystead-draw-1', plan: id, ranking: plan.ranking } as const;
        const committed: Commitment = { ...head, list, listHash, seedHash: hashOfSeed(seed) };
        const change = { state: 'committed', seed, committed, committedAt: clock.now() } as const;
        return move(tx, actor, plan, change, { listHash, seedHash: committed.seedHash, entrants: list.length });
      }),

    /** Draws: the seed is published, and the order that follows from it, the list and the words of the witnesses. */
    draw: (actor: Actor, id: string, wish: { witness: string; choosingFrom: Date }) =>
      step(actor, id, 'committed', async (tx, plan) => {
        const { committed, seed } = plan;
        if (!committed || !seed) throw new PlanStepRefused({ state: plan.state });
        const order = orderOf(committed, seed, wish.witness);
        const entrants = await tx.all(store.intentsOf(id));
        const ids = new Map(entrants.map(({ number, entry }) => [entryCode(number), entry]));
        const rows = order.flatMap((code, at) => {
          const entry = ids.get(code);
          const slotFrom = slotOf(wish.choosingFrom, plan.slotMinutes, at + 1);
          return entry ? [{ entry, rank: at + 1, slotFrom }] : [];
        });
        await store.rank(tx, id, rows);
        const drawn = { ...committed, seed, witness: wish.witness, order };
        const change = { state: 'choosing', drawn, drawnAt: clock.now(), choosingFrom: wish.choosingFrom } as const;
        return move(tx, actor, plan, change, { witness: wish.witness, first: order[0] ?? null });
      }),

    close: (actor: Actor, id: string, reason: string) =>
      step(actor, id, 'choosing', (tx, plan) => move(tx, actor, plan, { state: 'closed' }, { reason })),
  };
}

export type Planning = ReturnType<typeof createPlanning>;
