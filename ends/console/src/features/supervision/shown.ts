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

/** A warning in one line: what it is about is not said again where the title names it. */
export const headline = (title: string, subject: string): string =>
  title.includes(subject) ? title : `${title} · ${subject}`;

/** A change of a figure: percentage points for a ratio, else in its unit; with its sign. */
export function changeShown(unit: Measure['unit'], now: number | null, before: number | null): string {
  if (now === null || before === null) return '—';
  const change = now - before;
  const text = unit === 'ratio' ? (Math.abs(change) * 100).toFixed(2) : shown(unit, Math.abs(change));
  if (/^[0.,]+$/.test(text)) return '0';
  return `${change > 0 ? '+' : '−'}${text}`;
}

/** A figure from across the room: large amounts in 万 or thousands and millions, with the unit they are in then. */
export function shownLarge(
  unit: Measure['unit'],
  value: number | null,
  own: 'zh' | 'en',
): [string, 'wan' | 'k' | 'm' | ''] {
  if (value === null) return ['—', ''];
  const plain = unit === 'fen' ? value / 100 : unit === 'watt-hour' ? value / 1000 : undefined;
  if (plain === undefined) return [shown(unit, value), ''];
  const [size, name] =
    own === 'zh' ? ([10_000, 'wan'] as const) : plain >= 1e6 ? ([1e6, 'm'] as const) : ([1000, 'k'] as const);
  if (plain < size) return [plain.toFixed(0), ''];
  const decimals = plain / size >= 100 ? 0 : 1;
  return [
    (plain / size).toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
    name,
  ];
}

/** What a figure was worked out from, in the units people use: money of charges, hours, kilowatt-hours; else how many. */
export function sumsShown(
  { grain, unit }: Pick<Measure, 'grain' | 'unit'>,
  { num, den }: { num: number; den: number },
): [num: string, den: string] {
  const count = (number: number) => number.toLocaleString('en-US');
  if (grain === 'charge') return [shown('fen', num), shown('fen', den)];
  if (unit === 'second' || unit === 'watt-hour') return [shown(unit, num), count(den)];
  return [count(num), count(den)];
}
