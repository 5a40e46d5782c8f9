import type { Reason, Scorer } from '../facts.ts';
import { entries } from '../features.ts';

/** Water or electricity is used in a home nobody rents, day after day (H-9.2.5-b): a leak, or somebody lives there. */
export const vacantUse: Scorer = ({ leased, days }, rules) => {
  const span = days.slice(-rules.vacantUseDays);
  if (leased || span.length < rules.vacantUseDays) return undefined;
  const reasons: Reason[] = [];
  const look = (fact: string, limit: number, of: (day: (typeof span)[number]) => number | undefined): void => {
    const used = span.map((day) => of(day) ?? 0);
    if (used.every((value) => value > limit)) reasons.push({ fact, value: Math.min(...used), limit });
  };
  look('water-a-day', rules.stillWater, ({ water }) => water);
  look('electricity-a-day', rules.stillElectricity, ({ electricity }) => electricity);
  if (reasons.length === 0) return undefined;
  const came = entries(span);
  if (came > 0) reasons.push({ fact: 'entries', value: came, limit: 0 });
  return { kind: 'vacant-use', grade: came > 0 ? 2 : 3, score: came > 0 ? 0.9 : 0.7, reasons };
};
