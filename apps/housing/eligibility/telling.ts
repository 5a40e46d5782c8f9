import type { NoticesService } from '@keystead/apps/housing/notices';
import { newId } from '@keystead/contracts/ids';
import type { Tx } from '@keystead/kernel/db';
import { job } from '@keystead/kernel/jobs';
import type { Kernel } from '@keystead/kernel/module';

export type HouseholdText = Extract<
  Parameters<NoticesService['tell']>[0]['text'],
  `tenant.papers-${string}` | `tenant.bar${string}`
>;

interface Told {
  readonly id: string;
  readonly organisation: string;
  readonly place: string;
  readonly household: string;
  readonly text: HouseholdText;
  /** Of the review or the decision. */
  readonly code: string;
  /** A day; what it is about is read where the household signs in. */
  readonly detail: string;
}

class ApplicantNotReached extends Error {}

/** Texts to households about their days: decided in the transaction of the step, sent after it, by the ways there are. */
export function createTelling({
  jobs,
  log,
  notices,
}: Pick<Kernel, 'jobs' | 'log'> & { notices: Pick<NoticesService, 'tell'> }) {
  const sending = job<Told>({
    name: 'eligibility.tell',
    timeout: 120,
    attempts: 6,
    run: async ({ household, ...told }) => {
      const about = { kind: 'eligibility', id: told.id };
      const reached = (await notices.tell({ ...told, party: household, title: '', about }))?.ways ?? [];
      if (reached.some(({ ok }) => ok)) return;
      log.warn({ household, text: told.text }, 'a household was not told of a day of its own');
      if (reached.some((way) => !way.ok && !way.permanent)) throw new ApplicantNotReached(household);
    },
  });
  jobs.add(sending);

  return {
    sending,
    tell: (tx: Tx, told: Omit<Told, 'id'>): Promise<unknown> => {
      const { organisation, place, household, text, code, detail } = told;
      return jobs.enqueue(tx, sending, { id: newId(), organisation, place, household, text, code, detail });
    },
  };
}

export type TellHousehold = ReturnType<typeof createTelling>;
