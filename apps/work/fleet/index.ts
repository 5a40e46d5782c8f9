export type { CommittedPart } from './log-book.ts';
export { type FleetService, fleet } from './module.ts';
