export { type Range, type RangeText, rangeOf, rangeText } from './range.ts';
export { TimeRange } from './TimeRange.tsx';
