import type { PolicyService } from '@keystead/apps/housing/policy';
import type { PlannedWork } from '@keystead/apps/work/plans';
import type { Actor } from '@keystead/contracts/access';
import { localDate } from '@keystead/contracts/calendar';
import type { Kernel } from '@keystead/kernel/module';
import type { Reviews } from './service.ts';

export const yearlyWork = 'eligibility.yearly-reviews';

type Parts = Pick<Kernel, 'db' | 'clock'> & {
  readonly policy: PolicyService;
  readonly reviews: Pick<Reviews, 'openYearly' | 'yearlyAhead'>;
};

const dayMs = 86_400_000;
const nextDay = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);

/**
 * The yearly reviews 年审 as work of a plan (H-9.2.2-a): a portion is the leases of one anniversary, so that a run over
 * many homes shows how far it is and goes on where it was cut off.
 */
export function yearlyReviews({ db, clock, policy, reviews }: Parts): PlannedWork {
  return {
    name: yearlyWork,
    label: { zh: '资格年审：到期前统一发起', en: 'Yearly eligibility reviews: opened ahead for all' },
    permission: 'eligibility:write',
    portion: async ({ organisation, place }) => {
      const scope = { organisation, subtrees: [place] };
      const actor: Actor = {
        ...{ kind: 'system', id: yearlyWork, name: yearlyWork, scope, permissions: new Set<string>() },
      };
      const rules = await db.systemTransaction((tx) => policy.at(tx, organisation, clock.now()));
      const before = localDate(new Date(clock.now().getTime() + rules.value('review-before-days') * dayMs));
      const { first } = await reviews.yearlyAhead(actor, before);
      const [next] = first;
      if (!next) return { done: 0, left: 0 };
      const { opened } = await reviews.openYearly(actor, nextDay(next.day));
      return { done: opened, left: (await reviews.yearlyAhead(actor, before)).count };
    },
  };
}
