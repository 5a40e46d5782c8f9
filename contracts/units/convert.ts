import { type Unit, unitOf } from './unit.ts';

/** True when values of one unit can be given in the other. */
export function isConvertible(from: string, to: string): boolean {
  const [source, target] = [unitOf(from), unitOf(to)];
  return source !== undefined && target !== undefined && source.dimension === target.dimension;
}

/**
 * The same quantity in another unit: `convert(20, 'Cel', '[degF]')` → 68. Rounded to 15 significant digits (13 where
 * scales have different zeros), so that the arithmetic of the factors does not show. Throws RangeError for an unknown unit or another dimension:
 * ask `isConvertible` first.
 */
export function convert(value: number, from: string, to: string): number {
  const [source, target] = [known(from), known(to)];
  if (source.dimension !== target.dimension) throw new RangeError(`no conversion from ${from} to ${to}`);
  if (source.code === target.code) return value;
  const shift = source.offset - target.offset;
  const converted = (value * source.factor + shift) / target.factor;
  return Number.isFinite(converted) ? Number(converted.toPrecision(shift === 0 ? 15 : 13)) : converted;
}

function known(code: string): Unit {
  const unit = unitOf(code);
  if (!unit) throw new RangeError(`unknown unit ${code}`);
  return unit;
}
