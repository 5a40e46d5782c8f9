/** UCUM codes as people write them; a code not listed shows as it is. */
const symbols: Record<string, string> = {
  Cel: '°C',
  '[degF]': '°F',
  'kW.h': 'kWh',
  'W.h': 'Wh',
  m3: 'm³',
  'm3/h': 'm³/h',
  'L/min': 'L/min',
  '[ppm]': 'ppm',
  '10*-6': 'ppm',
  '/min': 'rpm',
  'mm/s': 'mm/s',
  '1': '',
};

/** How people write a unit. */
export const unitSymbol = (unit: string): string => symbols[unit] ?? unit;

/** A value as shown: at most `digits` decimals, grouped, with its unit. */
export function quantity(value: number | null | undefined, unit = '', digits = 2): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '—';
  const text = value.toLocaleString('en-US', { maximumFractionDigits: digits });
  const symbol = unitSymbol(unit);
  return symbol ? `${text} ${symbol}` : text;
}
