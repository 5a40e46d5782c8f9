export type { Account, Entry, Fund } from './account.ts';
export type { ChargeDocument, ChargeLine } from './charging.ts';
export { ledger } from './module.ts';
export type { NewPayment, RefundGuard, RefundWish } from './paying.ts';
export { isPeriod, periodOf } from './period.ts';
export { AmountTooLarge, ChargeMissing, PaymentReferenceUsed, PeriodClosed, PeriodNotOver } from './problems.ts';
export type { LedgerService } from './service.ts';
