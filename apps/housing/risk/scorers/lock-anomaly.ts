import type { Reason, Scorer } from '../facts.ts';
import { entries, nightEntries, troubles } from '../features.ts';

const nightShareLimit = 0.6;
const enoughEntries = 20;

/** A lock that is tried and tampered with, or mostly opened at night, over a week. */
export const lockAnomaly: Scorer = ({ days }, rules) => {
  const week = days.slice(-7);
  const [tried, came] = [troubles(week), entries(week)];
  const share = came >= enoughEntries ? nightEntries(week) / came : 0;
  const reasons: Reason[] = [];
  if (tried >= rules.lockTroubles) reasons.push({ fact: 'lock-troubles', value: tried, limit: rules.lockTroubles });
  if (share > nightShareLimit) reasons.push({ fact: 'night-share', value: share, limit: nightShareLimit });
  if (reasons.length === 0) return undefined;
  return {
    kind: 'lock-anomaly',
    grade: tried >= rules.lockTroubles * 2 ? 2 : 3,
    score: Math.min(1, Math.max(share, tried / (rules.lockTroubles * 2))),
    reasons,
  };
};
