export type { BillingService } from './billing.ts';
export type { UsageWish } from './bills.ts';
export type { DialRule } from './dial.ts';
export type { TenantTexts } from './dunning.ts';
export type { Issued } from './issuing.ts';
export { type LastReading, type MeterTold, readingsFrom, withSource } from './leaving.ts';
export { billing } from './module.ts';
export {
  BillFixed,
  BillMissing,
  ChannelMissing,
  OrderMissing,
  OrderPaid,
  PayChannelRefused,
  PayChannelSilent,
} from './problems.ts';
