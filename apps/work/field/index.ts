export { field } from './module.ts';
export type { FieldService } from './setup.ts';
