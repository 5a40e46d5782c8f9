export { clockSkew, compileQuality, earliestTime, type QualityPlan, ThingQuality } from './checker.ts';
export { type Convert, type Converted, converterOf, convertValue, type RefusalReason } from './convert.ts';
export type { QualityProperty } from './plan.ts';
