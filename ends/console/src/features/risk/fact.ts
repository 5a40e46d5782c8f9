import { money } from '../../parts/index.ts';

const amounts = new Set(['owed']);
const shares = new Set(['night-share']);

/** A fact as people read it: money in yuan, shares in per cent, all else as it was counted. */
export function factShown(fact: string, value: number): string {
  if (amounts.has(fact)) return money(value);
  if (shares.has(fact)) return `${Math.round(value * 100)}%`;
  return (Math.round(value * 100) / 100).toLocaleString('en-US');
}

/** Somebody saw it: there is nothing that was counted. */
export const byHand = (fact: string): boolean => fact === 'reported';
