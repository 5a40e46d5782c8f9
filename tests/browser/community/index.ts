export { type SettledApplicant, settleApplicant } from './applicant.ts';
export { type SettledTenant, settleTenant } from './community.ts';
export { type SettledDebtor, settleDebtor } from './debtor.ts';
export { type SettledInspector, settleInspector } from './inspector.ts';
export { type Newcomer, settleNewcomer } from './newcomer.ts';
export { dayFromNow } from './office.ts';
