export type { FirstAdministrator } from './bootstrap.ts';
export type { PlacePaths } from './context.ts';
export type { FactorHolder, SecondFactor } from './credentials/second-factor.ts';
export type { IdentityService } from './identity.ts';
export { identity } from './module.ts';
export { templates } from './rights/templates.ts';
