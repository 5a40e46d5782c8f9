export {
  LeaseFilingRefused,
  LeaseNotFollowable,
  LeasePeriodRefused,
  type LeaseRules,
  lateTerm,
  lateWords,
  rentStates,
  standardRules,
} from './lease.ts';
export { type LeasesService, leases } from './module.ts';
export type { LeaseWish, NextWish } from './service.ts';
export type { HouseNotice } from './watch.ts';
