export { care } from './module.ts';
export type { CareService } from './setup.ts';
