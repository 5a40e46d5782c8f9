import type { PlannedWork } from '@keystead/apps/work/plans';
import type { Actor } from '@keystead/contracts/access';
import type { OpeningYearly } from './opening-yearly.ts';

export const yearlyWork = 'eligibility.yearly-reviews';

type Parts = { readonly reviews: Pick<OpeningYearly, 'openYearly' | 'yearlyAhead'> };

const dayMs = 86_400_000;
const nextDay = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);

/**
 * The yearly reviews 年审 as work of a plan (H-9.2.2-a): a portion is the leases of one day, so that a run over
 * many homes shows how far it is and goes on where it was cut off.
 */
export function yearlyReviews({ reviews }: Parts): PlannedWork {
  return {
    name: yearlyWork,
    label: { zh: '资格年审：到期前统一发起', en: 'Yearly eligibility reviews: opened ahead for all' },
    permission: 'eligibility:write',
    portion: async ({ organisation, place }) => {
      const scope = { organisation, subtrees: [place] };
      const actor: Actor = {
        ...{ kind: 'system', id: yearlyWork, name: yearlyWork, scope, permissions: new Set<string>() },
      };
      const { first } = await reviews.yearlyAhead(actor, { near: true });
      const [next] = first;
      if (!next) return { done: 0, left: 0 };
      const { opened } = await reviews.openYearly(actor, { near: true, before: nextDay(next.day) });
      return { done: opened, left: (await reviews.yearlyAhead(actor, { near: true })).count };
    },
  };
}
