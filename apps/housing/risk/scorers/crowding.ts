import type { Scorer } from '../facts.ts';
import { meanUse, regulars } from '../features.ts';

const span = 30;
/** Litres a person uses a day, generously: more than the contract's people would need is one more sign. */
const litresEach = 220;

/** Crowding and group renting (H-9.2.5-a-1): more people live there than the contract names. */
export const crowding: Scorer = ({ leased, people, days }, rules) => {
  if (!leased || people === undefined || people < 1 || days.length < span) return undefined;
  const recent = days.slice(-span);
  const living = regulars(recent).length;
  const limit = people + rules.crowdBeyond;
  if (living <= limit) return undefined;
  const water = meanUse(recent, (day) => day.water);
  const enough = people * litresEach;
  return {
    kind: 'crowding',
    grade: living >= people * 2 + rules.crowdBeyond ? 2 : 3,
    score: Math.min(1, 0.5 + 0.1 * (living - limit) + (water !== undefined && water > enough ? 0.2 : 0)),
    reasons: [
      { fact: 'regular-users', value: living, limit },
      { fact: 'people-in-contract', value: people, limit: people },
      ...(water === undefined ? [] : [{ fact: 'water-a-day', value: water, limit: enough }]),
    ],
  };
};
