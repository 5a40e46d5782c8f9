import type { BillingService } from '@keystead/apps/housing/billing';
import type { ExitsService } from '@keystead/apps/housing/exits';
import type { HouseholdsService } from '@keystead/apps/housing/households';
import type { LeasesService } from '@keystead/apps/housing/leases';
import type { MoveInsService } from '@keystead/apps/housing/movein';
import type { NoticesService } from '@keystead/apps/housing/notices';
import type { StockService } from '@keystead/apps/housing/stock';
import type { AgreementsService } from '@keystead/apps/work/agreements';
import type { LedgerService } from '@keystead/apps/work/ledger';
import type { Actor } from '@keystead/contracts/access';
import type { Kernel } from '@keystead/kernel/module';
import { createAsking } from './asking.ts';
import { createChanging } from './changing.ts';
import { createCourse } from './course.ts';
import { createDeciding } from './deciding.ts';
import { createMeters } from './meters.ts';
import * as store from './store.ts';
import { type Swap, stepsFrom } from './swap.ts';
import { createTelling } from './telling.ts';

export interface SwapDoors {
  readonly agreements: AgreementsService;
  readonly billing: BillingService;
  readonly exits: ExitsService;
  readonly households: HouseholdsService;
  readonly leases: LeasesService;
  readonly ledger: LedgerService;
  readonly movein: MoveInsService;
  readonly notices: NoticesService;
  readonly stock: StockService;
}

/** Joins the parts of the module; what comes out is what other modules know as `swaps`. */
export function createSwaps(
  kernel: Pick<Kernel, 'db' | 'clock' | 'audit' | 'outbox' | 'jobs' | 'log' | 'catalogue'>,
  { movein, ...doors }: SwapDoors,
) {
  const joined = { ...kernel, ...doors, moveIns: movein };
  const telling = createTelling(joined);
  const parts = { ...joined, telling, meters: createMeters(joined) };
  const course = createCourse(parts);
  const asking = createAsking({ ...parts, course });
  const deciding = createDeciding({ ...parts, course, asking });
  const changing = createChanging({ ...parts, course });
  const { db } = kernel;
  return {
    /** Texts in the language of a reader. */
    texts: kernel.catalogue.in,
    ...deciding,
    ...changing,
    own: asking.own,
    telling: telling.sending,
    list: (actor: Actor, filter: Parameters<typeof store.swaps>[1]): Promise<Swap[]> =>
      db.read(actor.scope, store.swaps(actor.scope, filter)),
    counts: (actor: Actor) => db.read(actor.scope, store.swapCounts(actor.scope)),
    /** Throws SwapMissing. */
    get: async (actor: Actor, id: string) => {
      const swap = await db.transaction(actor.scope, (tx) => course.find(tx, actor, id));
      return { swap, steps: stepsFrom(swap.state) };
    },
  };
}

export type SwapsService = ReturnType<typeof createSwaps>;
