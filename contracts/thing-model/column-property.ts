import type { Property } from './schema.ts';

const missing = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '-']);
const numeral = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** True for the ways tables write "no value". */
export const isMissing = (text: string): boolean => missing.has(text.trim().toLowerCase());

const isNumber = (text: string): boolean => numeral.test(text) && Number.isFinite(Number(text));
const isTruth = (text: string): boolean => /^(true|false)$/i.test(text);

/** Units that headings give away. */
const usualUnits: readonly (readonly [RegExp, string])[] = [
  [/ratio/i, ''],
  [/temp|温度/i, 'Cel'],
  [/humid|湿度/i, '%'],
  [/co2|二氧化碳/i, 'ppm'],
  [/light|lux|illum|照度|光照/i, 'lx'],
  [/volt|电压/i, 'V'],
  [/current|电流/i, 'A'],
  [/energy|kwh|电量/i, 'kW.h'],
  [/power|功率/i, 'W'],
];

/** A short number near `value`, moved outward (`side` -1 down, 1 up) by less than a hundredth of `margin`. */
function outward(value: number, margin: number, side: -1 | 1): number {
  const step = 10 ** (Math.floor(Math.log10(margin)) - 2);
  const rounded = side < 0 ? Math.floor(value / step) * step : Math.ceil(value / step) * step;
  return Number(rounded.toPrecision(15));
}

/** The limits of believable values; none where they would leave the range of numbers. */
function limitsOf(low: number, high: number, unit: string | undefined): Pick<Property, 'min' | 'max'> {
  if (unit === '%' && low >= 0 && high <= 100) return { min: 0, max: 100 };
  const margin = high > low ? (high - low) / 2 : Math.max(1, Math.abs(high));
  const wide = outward(low - margin, margin, -1);
  const min = low >= 0 ? Math.max(0, wide) : wide;
  const max = outward(high + margin, margin, 1);
  return { ...(Number.isFinite(min) && { min }), ...(Number.isFinite(max) && { max }) };
}

/**
 * A property inferred from the values of one column (`times`: µs of each row, for the rate of change). Numbers get a
 * range half as wide again on both sides, but not below zero when nothing was, and a percentage is 0–100; twice the fastest change usually
 * seen is still believed.
 */
export function inferProperty(
  column: string,
  id: string,
  values: readonly string[],
  times: readonly (number | undefined)[] | undefined,
): Omit<Property, 'key'> {
  const label = column.trim().slice(0, 80) || id;
  const common = { id, name: { zh: label, en: label }, access: 'r', transferLevel: 1, storeLevel: 2 } as const;
  const present = values.filter((text) => !isMissing(text));
  if (present.every(isTruth)) return { ...common, type: 'boolean' };
  if (!present.every(isNumber)) return { ...common, type: 'string' };
  const numbers = present.map(Number);
  const [low, high] = numbers.reduce(
    ([least, most], n) => [Math.min(least, n), Math.max(most, n)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  const unit = usualUnits.find(([pattern]) => pattern.test(column))?.[1];
  const few = numbers.length >= 20 && new Set(numbers).size <= 16 && numbers.every(Number.isInteger);
  if (few) return { ...common, type: 'integer', min: low, max: high };
  const maxRate = times ? fastest(values, times) * 2 : 0;
  return {
    ...common,
    type: 'number',
    ...(unit && { unit }),
    ...limitsOf(low, high, unit),
    ...(maxRate > 0 && Number.isFinite(maxRate) && { maxRate: Number(maxRate.toPrecision(6)) }),
  };
}

/** The change per second that only one neighbour in a thousand exceeds: a recording may hold faults itself. */
function fastest(values: readonly string[], times: readonly (number | undefined)[]): number {
  const rates: number[] = [];
  let before: { value: number; time: number } | undefined;
  values.forEach((text, index) => {
    const time = times[index];
    if (time === undefined || isMissing(text)) return;
    const value = Number(text);
    const seconds = before ? (time - before.time) / 1e6 : 0;
    if (before && seconds > 0) rates.push(Math.abs(value - before.value) / seconds);
    before = { value, time };
  });
  rates.sort((a, b) => a - b);
  return rates[Math.ceil(rates.length * 0.999) - 1] ?? 0;
}

/**
 * The raw value a cell stands for, as a device would have sent it in JSON: undefined for a missing one. Text that is
 * no value of the type stays text, so that it is refused and not guessed.
 */
export function readCell(property: Property, text: string): number | boolean | string | undefined {
  const trimmed = text.trim();
  if (isMissing(trimmed)) return undefined;
  if (property.type === 'boolean' && isTruth(trimmed)) return trimmed.toLowerCase() === 'true';
  const wantsNumber = property.type === 'number' || property.type === 'integer' || property.type === 'enum';
  return wantsNumber && isNumber(trimmed) ? Number(trimmed) : trimmed;
}
