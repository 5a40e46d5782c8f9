import type { Actor } from '@keystead/contracts/access';
import { Problem } from '@keystead/contracts/problem';
import type { Db } from '@keystead/kernel/db';
import type { ReviewState, ReviewStep } from './course.ts';
import { reviewCode } from './review.ts';
import type { Reviews } from './service.ts';

/** What became of one of many: where it went, or the type of what refused it. */
export interface StepOutcome {
  readonly id: string;
  readonly code: string;
  readonly from: ReviewState | null;
  readonly to: ReviewState | null;
  readonly problem: string | null;
}
/** Undoes what was only tried. */
class OnlyTried extends Error {}

/** One step for many reviews at once, such as those of a year. */
export const createMany = ({ db, reviews }: { db: Db; reviews: Pick<Reviews, 'find' | 'takeIn'> }) => ({
  /**
   * The same step for many, each in a transaction of its own: what one refuses does not hold up the others. `dry`: what
   * would become of each, and nothing is kept.
   */
  takeMany: async (
    actor: Actor,
    ids: readonly string[],
    step: ReviewStep,
    reason: string | null,
    dry: boolean,
  ): Promise<StepOutcome[]> => {
    const outcomes: StepOutcome[] = [];
    for (const id of ids) {
      let outcome: StepOutcome | undefined;
      try {
        await db.transaction(actor.scope, async (tx) => {
          const before = await reviews.find(tx, actor, id);
          const after = await reviews.takeIn(tx, actor, id, step, reason);
          outcome = { id, code: reviewCode(after.number), from: before.state, to: after.state, problem: null };
          if (dry) throw new OnlyTried();
        });
      } catch (cause) {
        if (cause instanceof Problem) outcome = { id, code: '', from: null, to: null, problem: cause.type };
        else if (!(cause instanceof OnlyTried)) throw cause;
      }
      if (outcome) outcomes.push(outcome);
    }
    return outcomes;
  },
});
