export { type SettledApplicant, settleApplicant } from './applicant.ts';
export { type SettledTenant, settleTenant } from './community.ts';
export { type SettledInspector, settleInspector } from './inspector.ts';
export { dayFromNow } from './office.ts';
