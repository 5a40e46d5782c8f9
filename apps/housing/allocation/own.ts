import type { HouseBrief, StockService } from '@keystead/apps/housing/stock';
import type { Actor } from '@keystead/contracts/access';
import type { Kernel } from '@keystead/kernel/module';
import { type Entry, type Intent, type Plan, slotOf } from './plan.ts';
import * as store from './store.ts';
import type { Waiting } from './waiting.ts';

type Parts = Pick<Kernel, 'db' | 'clock'> & { stock: StockService; waiting: Waiting };

/** A plan as a household that waits sees it: whether it asked, its rank and time, and what is left to choose from. */
export interface OwnTurn {
  readonly plan: Plan;
  readonly intent: Intent | null;
  readonly slotTo: Date | null;
  /** It may choose now. */
  readonly open: boolean;
  readonly houses: readonly (HouseBrief & { taken: boolean })[];
}

const shown = 200;

/** What a household on the waiting list sees of it: its own place and its own turn, and of others nothing. */
export function createOwnTurns({ db, clock, stock, waiting }: Parts) {
  async function housesOf(plan: Plan): Promise<OwnTurn['houses']> {
    const rows = await db.systemRead(store.housesOf(plan.id));
    const taken = new Set(rows.filter(({ takenBy }) => takenBy !== null).map(({ house }) => house));
    const free = rows.filter(({ takenBy }) => takenBy === null).slice(0, shown);
    const gone = rows.filter(({ takenBy }) => takenBy !== null).slice(0, shown - free.length);
    const ids = [...free, ...gone].map(({ house }) => house);
    const briefs = await stock.briefs(plan.organisation, { ids });
    return briefs.map((brief) => ({ ...brief, taken: taken.has(brief.id) || brief.state !== 'allocatable' }));
  }

  async function turnOf(plan: Plan, entry: Entry): Promise<OwnTurn> {
    const intent = (await db.systemTransaction((tx) => tx.maybe(store.intentOf(plan.id, entry.id)))) ?? null;
    const slotFrom = intent?.slotFrom ?? null;
    const open =
      plan.state === 'choosing' && intent?.state === 'intended' && slotFrom !== null && slotFrom <= clock.now();
    const slotTo = slotFrom && slotOf(slotFrom, plan.slotMinutes, 2);
    return { plan, intent, slotTo, open, houses: await housesOf(plan) };
  }

  return async (actor: Actor): Promise<{ entry: Entry; position: number | null; turns: OwnTurn[] }> => {
    const { entry } = await waiting.own(actor);
    const { organisation } = actor.scope;
    const whole = { organisation, subtrees: [''] };
    const rows = await db.systemRead(store.entries(whole, { households: [entry.household], limit: 10 }));
    const plans = await db.systemRead(store.openPlans(organisation));
    return {
      entry,
      position: rows.find(({ id }) => id === entry.id)?.position ?? null,
      turns: await Promise.all(plans.slice(0, 10).map((plan) => turnOf(plan, entry))),
    };
  };
}
