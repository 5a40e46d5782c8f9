import { unitOf } from './unit.ts';

const most = 12;

/** Decimals a sensor of this resolution can show: 0.5 → 1, 0.01 → 2, 10 → 0; undefined for none or a bad one. */
export function decimalsOf(resolution: number | undefined): number | undefined {
  if (resolution === undefined || !(resolution > 0) || !Number.isFinite(resolution)) return undefined;
  for (let decimals = 0; decimals < most; decimals++) {
    const scaled = resolution * 10 ** decimals;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-9 * scaled && Math.round(scaled) > 0) return decimals;
  }
  return most;
}

/** The nearest multiple of the resolution, free of binary dust: (21.3499, 0.05) → 21.35. */
export function roundToResolution(value: number, resolution: number | undefined): number {
  const decimals = decimalsOf(resolution);
  if (decimals === undefined || resolution === undefined || !Number.isFinite(value)) return value;
  const steps = Math.round(value / resolution);
  return Number.isSafeInteger(steps) ? Number((steps * resolution).toFixed(decimals)) : value;
}

/** The number as text with the decimals of the resolution; without one at most six significant digits. */
export function formatNumber(value: number, resolution?: number): string {
  if (!Number.isFinite(value)) return '—';
  const decimals = decimalsOf(resolution);
  if (decimals === undefined) return String(Number(value.toPrecision(6)));
  const text = roundToResolution(value, resolution).toFixed(decimals);
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text;
}

export type Language = 'zh' | 'en';

/** The sign shown beside a number; a unit we do not know is shown as it was written. */
export function unitSymbol(code: string, language: Language): string {
  const unit = unitOf(code);
  if (!unit) return code;
  return language === 'zh' ? (unit.symbolZh ?? unit.symbol) : unit.symbol;
}

const unspaced = new Set(['%', '‰', '°']);

/** Number and unit as people read them: `21.5 °C`, `45%`, `30 分钟`. */
export function formatQuantity(value: number, code: string, language: Language, resolution?: number): string {
  const symbol = unitSymbol(code, language);
  const number = formatNumber(value, resolution);
  if (symbol === '') return number;
  return unspaced.has(symbol) ? `${number}${symbol}` : `${number} ${symbol}`;
}
