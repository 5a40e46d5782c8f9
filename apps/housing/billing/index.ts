export type { BillingService } from './billing.ts';
export type { TenantTexts } from './dunning.ts';
export type { LadderStep } from './ladder.ts';
export { billing } from './module.ts';
