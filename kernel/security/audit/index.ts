export type { Audit, JournalEntry, JournalKind } from './audit.ts';
