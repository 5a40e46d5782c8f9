import type { Measure } from './queries.ts';

/** A figure as people read it, in the unit of its measure; a dash when there is nothing to tell. */
export function shown(unit: Measure['unit'], value: number | null): string {
  if (value === null) return '—';
  const fixed = (number: number, decimals: number) =>
    number.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  if (unit === 'ratio') return `${fixed(value * 100, 2)}%`;
  if (unit === 'fen') return fixed(value / 100, 2);
  if (unit === 'watt-hour') return fixed(value / 1000, 1);
  if (unit === 'second') return fixed(value / 3600, 1);
  return fixed(value, unit === 'day' ? 1 : 0);
}
