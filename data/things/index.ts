export type { Shown } from './admission.ts';
export type { AttributesGiven, ReportedAttribute } from './attributes.ts';
export type { Heard } from './contact.ts';
export type { CredentialWish, Issued } from './credentials.ts';
export type { Dependency } from './dependencies.ts';
export type { ThingImportResult } from './imports.ts';
export type { LifecycleState } from './lifecycle.ts';
export type { Misbehaviour } from './misbehaviour.ts';
export { shippedModels, terminalClasses } from './models/shipped.ts';
export type { ModelProposal } from './models.ts';
export { things } from './module.ts';
export { PartMissing, PartOutOfStock } from './parts.ts';
export type { RefusalRow } from './refusals.ts';
export type { RelationKind } from './relation.ts';
export type { ThingDraft, ThingFilter, ThingRow } from './schemas.ts';
export type { ThingsService } from './setup.ts';
export {
  AutonomyProtected,
  isGateway,
  ModelMissing,
  type OnlineState,
  type Thing,
  ThingMissing,
  type ThingRef,
} from './thing.ts';
export type { UsageAdded } from './usage.ts';
export type { AdmittedThing, DeniedThing } from './verdict.ts';
export type { Whitelist } from './whitelist.ts';
