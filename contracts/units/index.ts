export { convert, isConvertible } from './convert.ts';
export { decimalsOf, formatNumber, formatQuantity, type Language, roundToResolution, unitSymbol } from './format.ts';
export { isUnitCode, type Unit, unitOf, units } from './unit.ts';
