export { type SettledTenant, settleTenant } from './community.ts';
