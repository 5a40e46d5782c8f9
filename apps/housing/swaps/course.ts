import type { LeasesService } from '@keystead/apps/housing/leases';
import { type Actor, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { swapChanged } from '@keystead/contracts/events/swaps';
import { EditConflict } from '@keystead/contracts/problem';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { noticeText, type SwapNotice } from './notice.ts';
import * as store from './store.ts';
import { after, type Swap, SwapMissing, type SwapStep } from './swap.ts';
import type { TellHouseholds } from './telling.ts';

export interface CourseParts extends Pick<Kernel, 'db' | 'clock' | 'audit' | 'outbox' | 'catalogue'> {
  readonly leases: LeasesService;
  readonly telling: Pick<TellHouseholds, 'tell'>;
}

/** Steps of a change of houses, each with its journal line and event in one transaction. */
export function createCourse({ db, clock, audit, outbox, catalogue, leases, telling }: CourseParts) {
  const find = (tx: Tx, actor: Actor, id: string): Promise<Swap> =>
    tx.one(store.swapById(actor.scope, id), () => new SwapMissing({ id }));

  async function told(tx: Tx, actor: Actor, from: string, swap: Swap, detail: object = {}): Promise<void> {
    const { id, kind, state, sides } = swap;
    const households = sides.map(({ household }) => household);
    await outbox.add(tx, swapChanged, swap, { id, kind, households, from, to: state });
    if (from !== state) await telling.tell(tx, swap);
    await audit.add(tx, actor, {
      action: `swap.${state}`,
      subject: `swap:${id}`,
      place: swap.place,
      detail: { from, kind, leases: sides.map(({ lease }) => lease), ...detail },
    });
  }

  /** Takes a step in the caller's transaction. Throws SwapStepRefused. */
  async function takeIn(tx: Tx, actor: Actor, before: Swap, step: SwapStep, change: Partial<Swap>): Promise<void> {
    const saved: Swap = { ...before, ...change, state: after(before.state, step) };
    await store.save(tx, saved);
    const { changeOn, note, notice } = saved;
    const said = { ...(change.note ? { note } : {}), ...(change.notice ? { notice } : {}) };
    await told(tx, actor, before.state, saved, { changeOn, ...said });
  }

  /** Throws SwapMissing, SwapStepRefused, EditConflict, and what `run` throws; then nothing is done. */
  async function take(
    actor: Actor,
    id: string,
    step: SwapStep,
    run: (tx: Tx, before: Swap) => Promise<Partial<Swap>>,
    version?: number,
  ): Promise<Swap> {
    // Houses of two households may lie in two places: the rows are the platform's, the reach is asked of the actor.
    return db.systemTransaction(async (tx) => {
      const before = await find(tx, actor, id);
      if (version !== undefined && version !== before.version) throw new EditConflict({ version: before.version });
      after(before.state, step);
      await takeIn(tx, actor, before, step, await run(tx, before));
      return find(tx, actor, id);
    });
  }

  /** New contracts that nobody lives under yet are void, and the leases before run as long as they did. */
  async function tearUp(tx: Tx, swap: Swap, why: string | SwapNotice): Promise<void> {
    // The contract keeps its reason in the language it is written in.
    const reason = typeof why === 'string' ? why : noticeText(why, catalogue.in('zh-CN'));
    const reach = systemActor('swaps', swap.organisation as OrganisationId);
    const ids = swap.sides.flatMap(({ newLease }) => (newLease ? [newLease] : []));
    if (ids.length > 0) await leases.stepTogether(tx, reach, ids, 'void', reason);
  }

  return {
    find,
    told,
    take,
    takeIn,
    tearUp,
    /** It is not to come: contracts are void, and it says why. */
    undo: (
      actor: Actor,
      id: string,
      step: 'withdraw' | 'cancel' | 'lapse',
      why: string | SwapNotice,
      version?: number,
    ) =>
      take(
        actor,
        id,
        step,
        async (tx, before) => {
          await tearUp(tx, before, why);
          const said = typeof why === 'string' ? { note: why, notice: null } : { note: null, notice: why };
          return { ...said, endedAt: clock.now() };
        },
        version,
      ),
  };
}

export type Course = ReturnType<typeof createCourse>;
