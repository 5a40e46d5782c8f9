export type { JournalService } from './journal.ts';
export { LineMissing } from './line.ts';
export { journal } from './module.ts';
