export { residents } from './module.ts';
export type { ResidentsService } from './residents.ts';
