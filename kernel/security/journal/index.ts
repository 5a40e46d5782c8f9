export { LineMissing } from './line.ts';
export { type JournalService, journal } from './module.ts';
