import type { Scorer } from '../facts.ts';
import { meanUse, regulars } from '../features.ts';

const span = 30;
/** Litres a person uses a day, generously: more than the contract's people would need is one more sign. */
const litresEach = 220;

/**
 * Crowding and group renting (H-9.2.5-a-1): whoever really lives there has less room than the policy asks for each person.
 * How many the contract names makes it graver and surer, and does not decide.
 */
export const crowding: Scorer = ({ leased, people, area, days }, _rules, { area: policy }) => {
  if (!leased || area === undefined || days.length < span) return undefined;
  const recent = days.slice(-span);
  const living = regulars(recent).length;
  const each = area / Math.max(1, living);
  if (living < 2 || each >= policy.value) return undefined;
  const water = meanUse(recent, (day) => day.water);
  const enough = people === undefined ? undefined : people * litresEach;
  const thirsty = water !== undefined && enough !== undefined && water > enough;
  const unnamed = people !== undefined && living > people;
  return {
    kind: 'crowding',
    grade: each <= policy.value / 2 || (people !== undefined && living >= people * 2) ? 2 : 3,
    score: Math.min(1, 0.5 + 0.3 * (1 - each / policy.value) + (unnamed ? 0.2 : 0) + (thirsty ? 0.2 : 0)),
    reasons: [
      { fact: 'area-per-head', value: each, limit: policy.value, policy },
      { fact: 'regular-users', value: living, limit: Math.floor(area / policy.value) },
      ...(people === undefined ? [] : [{ fact: 'people-in-contract', value: people, limit: people }]),
      ...(water === undefined || enough === undefined ? [] : [{ fact: 'water-a-day', value: water, limit: enough }]),
    ],
  };
};
