export type { Agreement, Fee, PartyOf, Version } from './agreement.ts';
export type { AgreementsService } from './agreements.ts';
export type { FeeWish } from './fees.ts';
export { type AgreementKind, stepsFrom } from './kind.ts';
export { agreements } from './module.ts';
export {
  AgreementFixed,
  AgreementMissing,
  AgreementOverlaps,
  AgreementStepRefused,
  FeeChangesLater,
  SignedTextChanged,
} from './problems.ts';
export type { AgreementChange, AgreementDraft, AgreementFollower, AgreementMove } from './service.ts';
export type { Evidence, Signature, SignatureWish } from './signing.ts';
export type { AgreementFilter, Billable, FeeChange } from './store.ts';
