import type { AlarmsService } from '@keystead/apps/work/alarms';
import { type OrganisationId, systemActor } from '@keystead/contracts/access';
import { localDate } from '@keystead/contracts/calendar';
import type { EventEnvelope, Payload } from '@keystead/contracts/events/define';
import type { eligibilityChanged } from '@keystead/contracts/events/eligibility';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { ReviewState, ReviewStep } from './course.ts';
import { reviewCode } from './review.ts';
import { sanctionCode } from './sanction.ts';
import { appealEscalated, sanctionById, unansweredAppeals } from './sanction-store.ts';
import type { Reviews } from './service.ts';
import * as store from './store.ts';
import type { TellHousehold } from './telling.ts';

export const overdueRule = 'platform:eligibility-overdue';
const dueAtOnce = 100;

type Parts = Pick<Kernel, 'db' | 'clock'> & {
  readonly alarms: Pick<AlarmsService, 'raise' | 'clear'>;
  readonly reviews: Pick<Reviews, 'find' | 'takeIn'>;
  readonly telling: Pick<TellHousehold, 'tell'>;
};
interface Late {
  readonly organisation: OrganisationId;
  readonly place: string;
  readonly kind: 'review' | 'sanction';
  readonly id: string;
  readonly code: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly readings: Readonly<Record<string, string>>;
}
type Due = { id: string; organisation: OrganisationId };

/** What the clock does with reviews: ends publicity, reminds of papers, ends what papers did not come for, tells staff what is late. */
export function createPassing({ db, clock, alarms, reviews, telling }: Parts) {
  /** The platform takes a step with each that still stands where it was found; answers how many were found. */
  async function takeDue(due: readonly Due[], state: ReviewState, step: ReviewStep): Promise<number> {
    for (const { id, organisation } of due) {
      const actor = systemActor(`eligibility.${step}`, organisation);
      await db.systemTransaction(async (tx) => {
        if ((await reviews.find(tx, actor, id)).state === state) await reviews.takeIn(tx, actor, id, step, null);
      });
    }
    return due.length;
  }

  /** One alarm for each that is late; whatever it is about clears it. */
  const raise = (tx: Tx, { kind, id, code, title, readings, ...where }: Late): Promise<unknown> =>
    alarms.raise(tx, {
      ...{ ...where, rule: overdueRule, subject: { kind, id, code, name: code }, title },
      ...{ severity: 3, transferLevel: 2, eventTime: clock.now(), readings },
    });

  return {
    /** Ends publicity nobody objected to in time. */
    closeDue: async (): Promise<number> =>
      takeDue(await db.systemRead(store.publicityOver(clock.now(), dueAtOnce)), 'publicity', 'close-publicity'),

    /** Papers that were asked for did not come in time. */
    lapseDue: async (): Promise<number> =>
      takeDue(await db.systemRead(store.papersOver(clock.now(), dueAtOnce)), 'supplement', 'lapse'),

    /** Reminds of papers before their day, once. */
    remindDue: async (): Promise<number> => {
      const due = await db.systemRead(store.papersNear(clock.now(), dueAtOnce));
      for (const { id, organisation } of due) {
        const actor = systemActor('eligibility.remind', organisation);
        await db.systemTransaction(async (tx) => {
          const { number, household, place, dueAt, remindAt, state } = await reviews.find(tx, actor, id);
          await store.reminded(tx, id);
          if (state !== 'supplement' || !remindAt || !dueAt || dueAt <= clock.now()) return;
          const day = { code: reviewCode(number), detail: localDate(dueAt) };
          await telling.tell(tx, { organisation, place, household, text: 'tenant.papers-soon', ...day });
        });
      }
      return due.length;
    },

    /** Staff are told of an appeal against a decision that they did not answer in time, once. */
    escalateAppeals: async (): Promise<number> => {
      const due = await db.systemRead(unansweredAppeals(clock.now(), dueAtOnce));
      for (const { id, organisation } of due) {
        const { scope } = systemActor('eligibility.escalate', organisation);
        await db.systemTransaction(async (tx) => {
          const sanction = await tx.maybe(sanctionById(scope, id));
          if (!sanction || (await appealEscalated(tx, id, clock.now())) === 0) return;
          const { number, place, state, ground } = sanction;
          const code = sanctionCode(number);
          const title = {
            zh: `处理决定 ${code} 的复核超过办理期限`,
            en: `The appeal against decision ${code} is past its day`,
          };
          await raise(tx, { organisation, place, kind: 'sanction', id, code, title, readings: { ground, state } });
        });
      }
      return due.length;
    },

    /** Staff are told of a day that passed without their answer, once. Yearly reviews are listed and not told one by one. */
    escalate: async (): Promise<number> => {
      const due = await db.systemRead(store.unanswered(clock.now(), dueAtOnce));
      for (const { id, organisation } of due) {
        const actor = systemActor('eligibility.escalate', organisation);
        await db.systemTransaction(async (tx) => {
          const { number, place, kind, state, escalatedAt } = await reviews.find(tx, actor, id);
          if (escalatedAt) return;
          const code = reviewCode(number);
          const title = { zh: `资格审核 ${code} 超过办理期限`, en: `Eligibility review ${code} is past its day` };
          await raise(tx, { organisation, place, kind: 'review', id, code, title, readings: { kind, state } });
          await store.escalated(tx, id, clock.now());
        });
      }
      return due.length;
    },

    /** Somebody acted: it is late no more. */
    settleAlarm: async (
      { organisation, payload }: EventEnvelope<Payload<typeof eligibilityChanged>>,
      tx: Tx,
    ): Promise<void> => {
      const subject = { kind: 'review', id: payload.id };
      const late = await tx.maybe(store.stillLate(payload.id));
      if (!late)
        await alarms.clear(tx, { organisation, rule: overdueRule, subject, eventTime: clock.now(), readings: {} });
    },
  };
}

export type Passing = ReturnType<typeof createPassing>;
