import type { Value } from './syntax.ts';

export type Type = 'number' | 'string' | 'boolean';

export interface FunctionShape {
  /** Type of each argument; the last one repeats up to `most`. `property` = the name of a number property. */
  readonly args: readonly (Type | 'property')[];
  readonly least: number;
  readonly most: number;
  readonly result: Type;
}

/** Functions of plain values: each is skipped, and its result missing, as soon as one argument is missing. */
export interface PlainFunction extends FunctionShape {
  readonly apply: (args: readonly Exclude<Value, null>[]) => Value;
}

const numbers = (args: readonly Exclude<Value, null>[]) => args as readonly number[];
const texts = (args: readonly Exclude<Value, null>[]) => args as readonly string[];
const digits = 12;

export const plainFunctions: ReadonlyMap<string, PlainFunction> = new Map<string, PlainFunction>([
  ['abs', { args: ['number'], least: 1, most: 1, result: 'number', apply: (a) => Math.abs(numbers(a)[0] ?? 0) }],
  ['min', { args: ['number'], least: 1, most: 16, result: 'number', apply: (a) => Math.min(...numbers(a)) }],
  ['max', { args: ['number'], least: 1, most: 16, result: 'number', apply: (a) => Math.max(...numbers(a)) }],
  ['round', { args: ['number'], least: 1, most: 2, result: 'number', apply: (a) => round(numbers(a)) }],
  [
    'between',
    {
      args: ['number'],
      least: 3,
      most: 3,
      result: 'boolean',
      apply: (a) => {
        const [value = 0, low = 0, high = 0] = numbers(a);
        return value >= low && value <= high;
      },
    },
  ],
  ['contains', { args: ['string'], least: 2, most: 2, result: 'boolean', apply: (a) => contains(texts(a)) }],
  ['startsWith', { args: ['string'], least: 2, most: 2, result: 'boolean', apply: (a) => startsWith(texts(a)) }],
]);

/** Functions of the history of one property, by the way they are compiled in generate.ts. */
export const historyFunctions: ReadonlyMap<string, FunctionShape> = new Map([
  ['changed', { args: ['property'], least: 1, most: 1, result: 'boolean' }],
  ['delta', { args: ['property'], least: 1, most: 1, result: 'number' }],
  ['rate', { args: ['property'], least: 1, most: 1, result: 'number' }],
]);

export const functionNames: readonly string[] = [...plainFunctions.keys(), ...historyFunctions.keys()];

/** Halves go away from zero; the second argument is the number of decimals (0–12), missing when it is no such number. */
function round([value = 0, places = 0]: readonly number[]): Value {
  if (!Number.isInteger(places) || places < 0 || places > digits) return null;
  const shifted = Number(`${Math.abs(value)}e${places}`);
  const whole = Number.isFinite(shifted) ? Number(`${Math.round(shifted)}e-${places}`) : Math.abs(value);
  return Number.isNaN(whole) || Number.isNaN(shifted) ? value : Math.sign(value) * whole;
}

function contains([text = '', part = '']: readonly string[]): boolean {
  return text.includes(part);
}

function startsWith([text = '', part = '']: readonly string[]): boolean {
  return text.startsWith(part);
}
