import type { EligibilityService } from '@keystead/apps/housing/eligibility';
import type { HouseholdsService } from '@keystead/apps/housing/households';
import type { MoveInsService } from '@keystead/apps/housing/movein';
import type { PolicyService } from '@keystead/apps/housing/policy';
import type { StockService } from '@keystead/apps/housing/stock';
import type { Actor } from '@keystead/contracts/access';
import type { PartiesService } from '@keystead/data/parties';
import type { PlacesService } from '@keystead/data/places';
import type { Kernel } from '@keystead/kernel/module';
import { createBarring } from './barring.ts';
import { createChoosing } from './choosing.ts';
import { faultsOf } from './draw.ts';
import { createOwnTurns } from './own.ts';
import { PlanMissing, PlanStepRefused } from './plan.ts';
import { createPlanning } from './planning.ts';
import * as store from './store.ts';
import { createWaiting } from './waiting.ts';

export interface AllocationDoors {
  readonly eligibility: { readonly reviews: Pick<EligibilityService['reviews'], 'requireFree'> };
  readonly households: HouseholdsService;
  readonly moveIns: MoveInsService;
  readonly parties: PartiesService;
  readonly places: PlacesService;
  readonly policy: PolicyService;
  readonly stock: StockService;
}

/** Joins the parts of the module; what comes out is what other modules know as `allocation`. */
export function createAllocation(kernel: Pick<Kernel, 'db' | 'clock' | 'audit' | 'outbox'>, doors: AllocationDoors) {
  const { db } = kernel;
  const parts = { ...kernel, ...doors };
  const waiting = createWaiting(parts);
  const planning = createPlanning(parts);
  const choosing = createChoosing({ ...parts, waiting, planning });

  /** My household with the reach of the plan's place, so that the plan can be found; the entry is its own. */
  async function mine(actor: Actor, id: string): Promise<{ entry: string; as: Actor }> {
    const { entry, as } = await waiting.own(actor);
    const plan = (await db.systemRead(store.openPlans(actor.scope.organisation))).find((each) => each.id === id);
    if (!plan) throw new PlanMissing({ id });
    return { entry: entry.id, as: { ...as, scope: { ...as.scope, subtrees: [entry.place, plan.place] } } };
  }

  return {
    waiting,
    barring: createBarring(parts),
    planning,
    choosing,
    plans: (actor: Actor, filter: Parameters<typeof store.plans>[1]) =>
      db.read(actor.scope, store.plans(actor.scope, filter)),
    /** One plan with its houses, its households in their order, and whether the draw holds when run again. */
    get: (actor: Actor, id: string) =>
      db.transaction(actor.scope, async (tx) => {
        const plan = await planning.find(tx, actor, id);
        const intents = await tx.all(store.intentsOf(id));
        const wanting = intents.map(({ household }) => household);
        const names = await waiting.namesOf(tx, actor, wanting);
        return {
          plan,
          houses: await tx.all(store.housesOf(id)),
          intents: intents.map((each) => ({ ...each, householdName: names.get(each.household) ?? '' })),
          faults: plan.drawn ? faultsOf(plan.drawn) : null,
        };
      }),
    /** What is published: the commitment before the draw, the whole draw after it. Throws PlanStepRefused before. */
    published: (actor: Actor, id: string) =>
      db.transaction(actor.scope, async (tx) => {
        const plan = await planning.find(tx, actor, id);
        const file = plan.drawn ?? plan.committed;
        if (!file) throw new PlanStepRefused({ state: plan.state });
        return file;
      }),
    own: {
      turns: createOwnTurns({ ...parts, waiting }),
      get: async (actor: Actor) => ({
        entry: (await waiting.own(actor)).entry,
        plans: await db.systemRead(store.openPlans(actor.scope.organisation)),
      }),
      intend: async (actor: Actor, id: string) => {
        const { entry, as } = await mine(actor, id);
        return choosing.intend(as, id, entry);
      },
      choose: async (actor: Actor, id: string, house: string) => {
        const { entry, as } = await mine(actor, id);
        return choosing.choose(as, id, entry, house);
      },
      decline: async (actor: Actor, id: string, reason: string) => {
        const { entry, as } = await mine(actor, id);
        return choosing.decline(as, id, entry, reason);
      },
    },
  };
}

export type AllocationService = ReturnType<typeof createAllocation>;
