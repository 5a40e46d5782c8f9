export { type Anchors, openAnchors, type SignedAnchor } from './anchors.ts';
export { type Audit, createAudit, type JournalEntry, type JournalKind } from './audit.ts';
export { isSecretName, SecretInJournal } from './entry.ts';
export { type LineCursor, type LineFilter, type LineRow, lineById, lines } from './reading.ts';
export type { Fault, FaultKind, Report } from './report.ts';
export {
  checkRetention,
  leastDays,
  pruneJournal,
  RetentionTooShort,
  readRetention,
  standardDays,
  writeRetention,
} from './retention.ts';
export { createSealer, type Sealer } from './sealer.ts';
export { openSigner, type Signer } from './signing.ts';
export { type ActionUse, actionsSince } from './store.ts';
export { type VerifyOptions, verifyJournal } from './verify.ts';
