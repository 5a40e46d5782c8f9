import type { PolicyService } from '@keystead/apps/housing/policy';
import { type Actor, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { eligibilityLost } from '@keystead/contracts/events/eligibility';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { isSitting } from './course.ts';
import { monthsAfter } from './deadlines.ts';
import type { Review, Standing } from './review.ts';
import * as store from './store.ts';

const dueAtOnce = 200;

type Parts = Pick<Kernel, 'db' | 'clock' | 'outbox' | 'audit'> & { policy: PolicyService };

/** What a household is entitled to 资格状态, and how it ends: only by a decision nobody can appeal any more. */
export function createStandings({ db, clock, outbox, audit, policy }: Parts) {
  const find = async (tx: Tx, actor: Actor, household: string): Promise<Standing | undefined> =>
    (await tx.all(store.standingOf(actor.scope, household)))[0];

  async function save(tx: Tx, actor: Actor, review: Review, standing: Standing): Promise<void> {
    await store.saveStanding(tx, review, standing, clock.now());
    await audit.add(tx, actor, {
      action: 'eligibility.standing',
      subject: `household:${review.household}`,
      place: review.place,
      detail: { status: standing.status, review: review.id },
    });
  }

  /** The decision is final: the household has to go, by a day. Told once; a lost one is not lost again. */
  async function lose(tx: Tx, actor: Actor, review: Review): Promise<void> {
    const before = await find(tx, actor, review.household);
    if (before?.lostAt) return;
    const at = clock.now();
    const rules = await policy.at(tx, review.organisation, at, review.place);
    const moveOutBy = monthsAfter(at, rules.value('move-out-months'));
    await save(tx, actor, review, {
      ...{ household: review.household, status: 'invalid', application: review.id },
      ...{ validUntil: null, lostAt: at, moveOutBy, appealBy: null },
    });
    await outbox.add(tx, eligibilityLost, review, {
      household: review.household,
      application: review.id,
      reason: review.because.join(', ') || (review.reason ?? ''),
      lostAt: at.toISOString(),
      moveOutBy: moveOutBy.toISOString(),
    });
  }

  return {
    find,
    lose,

    /** Entitled until the policy wants to look again. */
    grant: async (tx: Tx, actor: Actor, review: Review): Promise<void> => {
      const rules = await policy.at(tx, review.organisation, clock.now(), review.place);
      const validUntil = monthsAfter(clock.now(), rules.value('eligibility-valid-months'));
      await save(tx, actor, review, {
        ...{ household: review.household, status: 'valid', application: review.id },
        ...{ validUntil, lostAt: null, moveOutBy: null, appealBy: null },
      });
    },

    /** Refused, but not finally: who lives there goes on living there until the time to appeal is over. */
    suspend: async (tx: Tx, actor: Actor, review: Review): Promise<void> => {
      const before = await find(tx, actor, review.household);
      if (!isSitting(review.kind) || before?.status === 'invalid') return;
      await save(tx, actor, review, {
        ...{ household: review.household, status: 'suspended', application: review.id },
        ...{ validUntil: before?.validUntil ?? null, lostAt: null, moveOutBy: null, appealBy: review.appealUntil },
      });
    },

    /** Ends what nobody appealed in time; answers how many. */
    loseDue: async (): Promise<number> => {
      const due = await db.systemRead(sql<{ application: string; organisation: OrganisationId }>`
        select s.application, s.organisation from eligibility.standing s join eligibility.application a on a.id = s.application
        where s.status = 'suspended' and s.appeal_by <= ${clock.now()} and a.state = 'refused' limit ${dueAtOnce}`);
      for (const { application, organisation } of due) {
        const actor = systemActor('eligibility.lose-due', organisation);
        await db.systemTransaction(async (tx) => {
          const [review] = await tx.all(store.reviewById(actor.scope, application));
          if (review?.state === 'refused') await lose(tx, actor, review);
        });
      }
      return due.length;
    },
  };
}

export type Standings = ReturnType<typeof createStandings>;
