import type { HouseholdsService } from '@keystead/apps/housing/households';
import type { NoticesService } from '@keystead/apps/housing/notices';
import type { PolicyService, Replayed } from '@keystead/apps/housing/policy';
import type { AlarmsService } from '@keystead/apps/work/alarms';
import type { CasesService } from '@keystead/apps/work/cases';
import type { LedgerService } from '@keystead/apps/work/ledger';
import { type Actor, type OrganisationId, systemActor } from '@keystead/contracts/access';
import type { EventEnvelope, Payload } from '@keystead/contracts/events/define';
import type { householdChanged } from '@keystead/contracts/events/households';
import { nameInLists, type PartiesService } from '@keystead/data/parties';
import type { Tx } from '@keystead/kernel/db';
import { readCursor, writeCursor } from '@keystead/kernel/http';
import type { Kernel } from '@keystead/kernel/module';
import { createApplying } from './applying.ts';
import { createChecks } from './checks.ts';
import { type ReviewState, stepsFrom } from './course.ts';
import { importHistory } from './history.ts';
import { judge } from './judgement.ts';
import { createMany } from './many.ts';
import { createOpeningYearly } from './opening-yearly.ts';
import { createPassing } from './passing.ts';
import { type ApplicantCategory, ReviewMissing, ReviewOpen, reviewCode, type Standing } from './review.ts';
import { type Sanction, SanctionMissing } from './sanction.ts';
import { barOf } from './sanction-store.ts';
import { createSanctions } from './sanctions.ts';
import { createReviews } from './service.ts';
import type { AskSource } from './source.ts';
import { createStandings } from './standing.ts';
import * as store from './store.ts';
import { createTelling } from './telling.ts';
import { yearlyReviews } from './yearly.ts';

export interface EligibilityPorts {
  readonly parties: PartiesService;
  readonly policy: PolicyService;
  readonly households: HouseholdsService;
  readonly alarms: Pick<AlarmsService, 'raise' | 'clear'>;
  readonly cases: Pick<CasesService, 'get'>;
  readonly ledger: Pick<LedgerService, 'charge'>;
  readonly notices: Pick<NoticesService, 'tell'>;
  readonly ask: AskSource;
}

/** What a household is entitled to, and the decision that bars it from applying. */
export interface Entitlement {
  readonly standing: Standing | undefined;
  readonly bar: Sanction | undefined;
}

const replayAtMost = 20_000;

/** Joins the parts of the module; what comes out is what other modules know as `eligibility`. */
export function createEligibility(
  kernel: Pick<Kernel, 'db' | 'clock' | 'outbox' | 'audit' | 'settings' | 'log' | 'jobs'>,
  ports: EligibilityPorts,
) {
  const { db, clock } = kernel;
  const { parties, policy, households } = ports;
  const checks = createChecks({ ...kernel, ...ports });
  const standings = createStandings({ ...kernel, policy });
  const telling = createTelling({ ...kernel, ...ports });
  const steps = createReviews({ ...kernel, ...ports, checks, standings, telling });
  const { openNear, ...openingYearly } = createOpeningYearly({ ...kernel, policy });
  const reviews = { ...steps, ...openingYearly };
  const sanctions = createSanctions({ ...kernel, ...ports, reviews, telling });

  policy.replayWith('eligibility', async (tx, actor, under, { from, to }) => {
    const decided = await tx.all(store.decidedIn(actor.scope, from, to, replayAtMost));
    const differing: Replayed[] = [];
    for (const review of decided) {
      const { eligible, because } = judge(await reviews.inputsOf(tx, review), under);
      const [was, would] = [review.state, eligible ? 'approved' : 'refused'];
      if (was !== would) differing.push({ subject: reviewCode(review.number), was, would, because });
    }
    return { decisions: decided.length, differing };
  });
  households.contribute('reviews', async (actor, household, limit) => {
    const rows = await db.read(actor.scope, store.reviews(actor.scope, { household, limit }));
    return rows.map(({ id, number, kind, state, openedAt }) => ({
      id,
      title: reviewCode(number),
      kind,
      state,
      at: openedAt,
    }));
  });

  const entitlementOf = async (tx: Tx, actor: Actor, household: string): Promise<Entitlement> => ({
    standing: await standings.find(tx, actor, household),
    bar: await tx.maybe(barOf(actor.scope.organisation, household, clock.now())),
  });

  /** Names as lists show them, masked; nothing for whoever is out of reach. */
  async function namesOf(tx: Tx, actor: Actor, ids: readonly string[]): Promise<(party: string) => string> {
    const people = new Map((await parties.getMany(tx, actor, [...new Set(ids)])).map((each) => [each.id, each]));
    return (party) => {
      const found = people.get(party);
      return found ? nameInLists(found) : '';
    };
  }

  async function list(
    actor: Actor,
    asked: Omit<store.ReviewFilter, 'after' | 'overdueAt'> & { overdue?: boolean; cursor?: string },
  ) {
    const { overdue, cursor, limit, ...filter } = asked;
    const rows = await db.read(
      actor.scope,
      store.reviews(actor.scope, {
        ...filter,
        ...(overdue ? { overdueAt: clock.now() } : {}),
        ...(cursor ? { after: readCursor(cursor) } : {}),
        limit: limit + 1,
      }),
    );
    const found = rows.slice(0, limit);
    const last = found.at(-1);
    const names = await db.transaction(actor.scope, (tx) =>
      namesOf(
        tx,
        actor,
        found.map(({ household }) => household),
      ),
    );
    const items = found.map((row) => ({ ...row, householdName: names(row.household) }));
    return { items, next: rows.length > limit && last ? writeCursor(last.openedAt, last.id) : null };
  }

  return {
    importHistory,
    yearly: yearlyReviews({ reviews }),
    openNear,
    reviews,
    sanctions,
    telling: telling.sending,
    passing: createPassing({ ...kernel, ...ports, reviews, telling }),
    ...createMany({ db, reviews }),
    ...createApplying({ db, clock, parties, households, reviews }),
    checks,
    standings,
    list,
    board: (actor: Actor) => db.read(actor.scope, store.board(actor.scope, clock.now())),
    /** One review with its history, its checks and what can be done next. Throws ReviewMissing. */
    get: (actor: Actor, id: string) =>
      db.transaction(actor.scope, async (tx) => {
        const review = await reviews.find(tx, actor, id);
        const inquiries = await tx.all(store.inquiriesOf(id));
        const nameOf = await namesOf(tx, actor, [review.household, ...inquiries.map(({ person }) => person)]);
        return {
          review,
          householdName: nameOf(review.household),
          verdict: await reviews.verdictOf(tx, review),
          steps: stepsFrom(review.kind, review.state),
          history: await tx.all(store.historyOf(id)),
          inquiries: inquiries.map((each) => ({ ...each, personName: nameOf(each.person) })),
        };
      }),
    /** What a household is entitled to now, and what bars it from applying; nothing when nothing was ever decided. */
    standingOf: (actor: Actor, household: string): Promise<Entitlement> =>
      db.transaction(actor.scope, (tx) => entitlementOf(tx, actor, household)),

    /** An approved change of a household that lives there is looked at (H-9.2.2-a): once while such a review is open. */
    householdChanged: async (
      { organisation, payload }: EventEnvelope<Payload<typeof householdChanged>>,
      tx: Tx,
    ): Promise<void> => {
      if (payload.change !== 'change-approved') return;
      const actor = systemActor('eligibility.review-change', organisation as OrganisationId);
      if ((await standings.find(tx, actor, payload.id))?.status !== 'valid') return;
      try {
        await tx.savepoint(() =>
          reviews.openIn(tx, actor, { household: payload.id, kind: 'change', area: 0 }, 'submitted'),
        );
      } catch (cause) {
        if (!(cause instanceof ReviewOpen)) throw cause;
      }
    },

    own: {
      /** Reviews of my household and what it is entitled to. */
      get: async (actor: Actor) => {
        const { household, own } = await households.own.home(actor);
        const entitlement = await db.transaction(own.scope, (tx) => entitlementOf(tx, own, household));
        const reviews = (await list(own, { household, limit: 50 })).items;
        const notes = await db.transaction(own.scope, async (tx) => {
          const lines = [];
          for (const { id } of reviews.slice(0, 10))
            for (const { at, to, reason } of await tx.all(store.historyOf(id)))
              if (reason !== null) lines.push({ review: id, at, to: to as ReviewState, reason });
          return lines;
        });
        return { household, ...entitlement, reviews, notes, sanctions: await sanctions.of(own, household) };
      },
      /** Applies for my household: opened and handed in at once. */
      apply: async (actor: Actor, wish: { area: number; category?: ApplicantCategory | undefined }) => {
        const { household, own } = await households.own.home(actor);
        return db.transaction(own.scope, async (tx) => {
          const { id } = await reviews.openIn(tx, own, { household, kind: 'initial', ...wish });
          return reviews.takeIn(tx, own, id, 'submit', null);
        });
      },
      /** Appeals a refusal, or takes an application back. Throws ReviewMissing for one of somebody else. */
      take: async (actor: Actor, id: string, step: 'appeal' | 'withdraw' | 'submit', reason: string) => {
        const { household, own } = await households.own.home(actor);
        return db.transaction(own.scope, async (tx) => {
          if ((await reviews.find(tx, own, id)).household !== household) throw new ReviewMissing({ id });
          return reviews.takeIn(tx, own, id, step, reason);
        });
      },
      /** Appeals a decision about my household. Throws SanctionMissing for one of somebody else, SanctionStepRefused, AppealLate. */
      appealSanction: async (actor: Actor, id: string, reason: string): Promise<Sanction> => {
        const { household, own } = await households.own.home(actor);
        return db.transaction(own.scope, async (tx) => {
          const before = await sanctions.find(tx, own, id);
          if (before.household !== household) throw new SanctionMissing({ id });
          return sanctions.appealIn(tx, own, before, reason);
        });
      },
    },
  };
}

export type EligibilityService = ReturnType<typeof createEligibility>;
