import type { Reason, Scorer } from '../facts.ts';
import { daysByMark, regulars, strangers } from '../features.ts';

const span = 30;
/** The household had this long to show its habits. */
const settled = 60;

/**
 * Subletting (H-8.5-c-2): everybody who used to come is gone and others live there; or ever new people come for a day or
 * two. A single change of card is no change of people, and guests alone are no trade: two of a kind are asked for.
 */
export const sublet: Scorer = ({ leased, leasedDays, people, days }, rules) => {
  if (!leased || days.length < settled || leasedDays < settled) return undefined;
  const reasons: Reason[] = [];
  const recent = days.slice(-span);
  // Who lived there first, from the first month in which anybody did.
  const now = regulars(recent);
  const former = new Set<string>();
  for (let from = 0; former.size === 0 && from + 2 * span <= days.length; from += span)
    for (const mark of regulars(days.slice(from, from + span))) former.add(mark);
  const stillComing = daysByMark(recent);
  const gone = [...former].filter((mark) => !stillComing.has(mark)).length;
  const fresh = now.filter((mark) => !former.has(mark)).length;
  const replaced = former.size >= 1 && gone === former.size && fresh >= 1;
  if (replaced && (gone + fresh >= 3 || (people ?? 1) > 1)) {
    reasons.push({ fact: 'former-users-gone', value: gone, limit: former.size });
    reasons.push({ fact: 'new-regular-users', value: fresh, limit: 0 });
  }
  const passing = strangers(recent);
  const residents = now.filter((mark) => former.has(mark)).length;
  if (passing >= rules.strangers && residents === 0)
    reasons.push({ fact: 'short-stay-users', value: passing, limit: rules.strangers });
  if (reasons.length === 0) return undefined;
  const score = Math.min(
    1,
    0.5 + 0.1 * (gone + fresh) * Number(replaced) + 0.04 * Math.max(0, passing - rules.strangers),
  );
  return { kind: 'sublet', grade: score >= 0.9 ? 2 : 3, score, reasons };
};
