/** No value: something asked for was not there. */
export const missing = Symbol('missing');

export type Filter = (value: unknown, args: readonly unknown[]) => unknown;

const numberOf = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'boolean') return Number(number);
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
};

const orElse = (number: number | undefined, [fallback = missing]: readonly unknown[]): unknown => number ?? fallback;

export const textOf = (value: unknown): string => {
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (value === null || value === missing) return 'None';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

const round: Filter = (value, [digits = 0]) => {
  const number = numberOf(value);
  const factor = 10 ** Math.min(12, Math.max(0, numberOf(digits) ?? 0));
  return number === undefined ? missing : Math.round(number * factor) / factor;
};

/** Filters by their names; what is not here makes a template one that is not read. */
export const filters: Readonly<Record<string, Filter>> = {
  float: (value, args) => orElse(numberOf(value), args),
  int: (value, args) => {
    const number = numberOf(value);
    return orElse(number === undefined ? undefined : Math.trunc(number), args);
  },
  round,
  abs: (value) => Math.abs(numberOf(value) ?? Number.NaN),
  default: (value, [fallback = '']) => (value === missing ? fallback : value),
  is_defined: (value) => value,
  string: (value) => textOf(value),
  bool: (value) => (typeof value === 'boolean' ? value : /^(true|yes|on|1)$/i.test(textOf(value))),
  lower: (value) => textOf(value).toLowerCase(),
  upper: (value) => textOf(value).toUpperCase(),
  trim: (value) => textOf(value).trim(),
  title: (value) => textOf(value).replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase()),
  length: (value) => (typeof value === 'string' || Array.isArray(value) ? value.length : missing),
  tojson: (value) => JSON.stringify(value === missing ? null : value),
  to_json: (value) => JSON.stringify(value === missing ? null : value),
};
