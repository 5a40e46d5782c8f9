import type { ByteReader, ByteWriter } from './bytes.ts';

/** How the values of a column are written. */
const form = { constant: 0, decimal: 1, raw: 2 } as const;

const powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9] as const;
/** Scaled values stay below this, so that differences of two keep every bit. */
const scaledLimit = 2 ** 51;

const sameBits = (a: number, b: number): boolean => Object.is(a, b);

/** Number of decimals with which every value comes back bit for bit as `whole / 10^decimals`, or -1. */
function decimalsOf(values: Float64Array, count: number): number {
  let decimals = 0;
  let power: number = 1;
  let largest = 0;
  for (let i = 0; i < count; i++) {
    const value = values[i] as number;
    const size = Math.abs(value);
    if (!(size < scaledLimit) || (value === 0 && sameBits(value, -0))) return -1;
    if (size > largest) largest = size;
    while (Math.round(value * power) / power !== value) {
      decimals += 1;
      const next = powers[decimals];
      if (next === undefined) return -1;
      power = next;
    }
  }
  return Math.round(largest * power) < scaledLimit ? decimals : -1;
}

/**
 * Writes the first `count` values so that they come back bit for bit, also -0, NaN and ±Infinity: one value when all
 * are the same, else differences of scaled decimals, else the doubles as they are (I-6.1.1-a2).
 */
export function writeValues(out: ByteWriter, values: Float64Array, count: number): void {
  const first = values[0] as number;
  let constant = true;
  for (let i = 1; i < count && constant; i++) constant = sameBits(values[i] as number, first);
  if (constant) {
    out.byte(form.constant);
    out.double(first);
    return;
  }
  const decimals = decimalsOf(values, count);
  if (decimals < 0) {
    out.byte(form.raw);
    for (let i = 0; i < count; i++) out.double(values[i] as number);
    return;
  }
  const power = powers[decimals] as number;
  out.byte(form.decimal);
  out.byte(decimals);
  let before = 0;
  for (let i = 0; i < count; i++) {
    const whole = Math.round((values[i] as number) * power);
    out.signed(whole - before);
    before = whole;
  }
}

export function readValues(from: ByteReader, count: number): Float64Array {
  const values = new Float64Array(count);
  const written = from.byte();
  if (written === form.constant) return values.fill(from.double());
  if (written === form.raw) {
    for (let i = 0; i < count; i++) values[i] = from.double();
    return values;
  }
  if (written !== form.decimal) throw new RangeError(`values in an unknown form: ${written}`);
  const power = powers[from.byte()];
  if (power === undefined) throw new RangeError('values with an unknown scale');
  let whole = 0;
  for (let i = 0; i < count; i++) {
    whole += from.signed();
    values[i] = whole / power;
  }
  return values;
}
