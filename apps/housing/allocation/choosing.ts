import type { MoveInsService } from '@keystead/apps/housing/movein';
import type { PolicyService } from '@keystead/apps/housing/policy';
import { HouseStepRefused, type StockService } from '@keystead/apps/housing/stock';
import type { Actor } from '@keystead/contracts/access';
import { NotAllowed } from '@keystead/contracts/problem';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import {
  type Entry,
  EntryNotWaiting,
  HouseTaken,
  type Intent,
  IntentMissing,
  PlanStepRefused,
  SlotNotOpen,
  slotOf,
} from './plan.ts';
import type { Planning } from './planning.ts';
import * as store from './store.ts';
import type { Waiting } from './waiting.ts';

type Parts = Pick<Kernel, 'db' | 'clock' | 'audit'> & {
  policy: PolicyService;
  stock: StockService;
  moveIns: MoveInsService;
  planning: Planning;
  waiting: Waiting;
};

/** Saying that one wants, choosing a house in one's time, and declining. */
export function createChoosing({ db, clock, audit, policy, stock, moveIns, planning, waiting }: Parts) {
  async function intend(tx: Tx, actor: Actor, id: string, entry: Entry): Promise<void> {
    const plan = await planning.find(tx, actor, id);
    if (plan.state !== 'open' || clock.now() >= plan.intentUntil) throw new PlanStepRefused({ state: plan.state });
    if (entry.state !== 'waiting') throw new EntryNotWaiting({ state: entry.state });
    const { organisation } = plan;
    if ((await store.addIntent(tx, { plan: id, entry: entry.id, organisation }, clock.now())) === 0) return;
    await audit.add(tx, actor, {
      action: 'allocation.intend',
      subject: `allocation-plan:${id}`,
      place: plan.place,
      detail: { entry: entry.id },
    });
  }

  async function turnOf(tx: Tx, actor: Actor, id: string, entry: string) {
    const plan = await planning.find(tx, actor, id);
    if (plan.state !== 'choosing') throw new PlanStepRefused({ state: plan.state });
    const intent = await tx.one(store.intentOf(id, entry), () => new IntentMissing({ plan: id, entry }));
    if (intent.state !== 'intended' || !intent.slotFrom) throw new PlanStepRefused({ state: intent.state });
    return { plan, intent, slotFrom: intent.slotFrom };
  }

  /**
   * Chooses a house: it is reserved for the household and its way in begins, in one transaction. Of two in the same second
   * the house's row lets one through. Throws HouseTaken, SlotNotOpen, PlanStepRefused, IntentMissing.
   */
  async function choose(tx: Tx, actor: Actor, id: string, entry: Entry, house: string): Promise<Intent> {
    const { plan, intent, slotFrom } = await turnOf(tx, actor, id, entry.id);
    if (clock.now() < slotFrom) throw new SlotNotOpen({ from: slotFrom.toISOString() });
    const offered = (await tx.all(store.housesOf(id))).find((each) => each.house === house);
    if (!offered) throw new NotAllowed({ reason: 'house-not-in-plan' });
    const rules = await policy.at(tx, plan.organisation, clock.now(), plan.place);
    const until = new Date(clock.now().getTime() + rules.value('choice-hold-days') * 86_400_000);
    try {
      await stock.stepIn(tx, actor, house, 'reserve', { until });
    } catch (cause) {
      if (cause instanceof HouseStepRefused) throw new HouseTaken({ house });
      throw cause;
    }
    const process = await moveIns.beginIn(tx, actor, { household: entry.household, house, plan: id });
    const after: Intent = { ...intent, state: 'chosen', house, process: process.id };
    await store.takeHouse(tx, id, house, entry.id);
    await store.saveIntent(tx, after, null);
    await store.saveEntry(tx, { ...entry, state: 'allocated' }, clock.now());
    await audit.add(tx, actor, {
      action: 'allocation.choose',
      subject: `allocation-plan:${id}`,
      place: plan.place,
      detail: { entry: entry.id, house, process: process.id },
    });
    return after;
  }

  /** Did not come in its time 过号: whoever is next may choose; it may still choose from what is left. Throws SlotNotOpen before its time is over. */
  async function pass(tx: Tx, actor: Actor, id: string, entry: Entry): Promise<Intent> {
    const { plan, intent, slotFrom } = await turnOf(tx, actor, id, entry.id);
    const over = slotOf(slotFrom, plan.slotMinutes, 2);
    if (clock.now() < over) throw new SlotNotOpen({ until: over.toISOString() });
    const after: Intent = { ...intent, passedAt: intent.passedAt ?? clock.now() };
    await store.saveIntent(tx, after, null);
    await audit.add(tx, actor, {
      action: 'allocation.pass',
      subject: `allocation-plan:${id}`,
      place: plan.place,
      detail: { entry: entry.id, rank: intent.rank },
    });
    return after;
  }

  /** Declines: it counts, and after as many as the policy allows the household leaves the list. */
  async function decline(tx: Tx, actor: Actor, id: string, entry: Entry, reason: string): Promise<Entry> {
    const { plan, intent } = await turnOf(tx, actor, id, entry.id);
    const rules = await policy.at(tx, plan.organisation, clock.now(), plan.place);
    const declines = entry.declines + 1;
    const state = declines > rules.value('declines-allowed') ? 'cancelled' : 'waiting';
    await store.saveIntent(tx, { ...intent, state: 'declined' }, reason);
    await store.saveEntry(tx, { ...entry, state, declines }, clock.now());
    await audit.add(tx, actor, {
      action: 'allocation.decline',
      subject: `allocation-plan:${id}`,
      place: plan.place,
      detail: { entry: entry.id, declines, state, reason },
    });
    return { ...entry, state, declines };
  }

  const within =
    <Rest extends unknown[], Result>(
      run: (tx: Tx, actor: Actor, id: string, entry: Entry, ...rest: Rest) => Promise<Result>,
    ) =>
    (actor: Actor, id: string, entry: string, ...rest: Rest): Promise<Result> =>
      db.transaction(actor.scope, async (tx) => run(tx, actor, id, await waiting.find(tx, actor, entry), ...rest));

  return { intend: within(intend), choose: within(choose), decline: within(decline), pass: within(pass) };
}

export type Choosing = ReturnType<typeof createChoosing>;
