import type { Scorer } from '../facts.ts';
import { meanUse, quietDays } from '../features.ts';

/**
 * Long vacancy of a home that is let (H-8.5-c-1): nobody came in, and meters, where there are any, agree. The policy says
 * after how many months a home is idle; it is warned of from a third of them on.
 */
export const idle: Scorer = ({ leased, leasedDays, days }, rules, { idle: policy, idleDays }) => {
  if (!leased) return undefined;
  const still = { water: rules.stillWater, electricity: rules.stillElectricity };
  const quiet = Math.min(quietDays(days, still), leasedDays);
  const [third, second, whole] = idleDays;
  if (quiet < third) return undefined;
  const span = days.slice(-quiet);
  const [water, electricity] = [meanUse(span, (day) => day.water), meanUse(span, (day) => day.electricity)];
  return {
    kind: 'idle',
    grade: quiet >= whole ? 1 : quiet >= second ? 2 : 3,
    score: Math.min(1, quiet / whole),
    reasons: [
      { fact: 'days-without-entry', value: quiet, limit: whole, policy },
      ...(water === undefined ? [] : [{ fact: 'water-a-day', value: water, limit: rules.stillWater }]),
      ...(electricity === undefined
        ? []
        : [{ fact: 'electricity-a-day', value: electricity, limit: rules.stillElectricity }]),
    ],
  };
};
