export {
  type Consent,
  ConsentGiven,
  ConsentGone,
  ConsentNotSeparate,
  type ConsentPurpose,
  consentPurposes,
  separatePurposes,
} from './consents.ts';
export type { Ending, Retainer } from './erasure.ts';
export {
  ConsentMissing,
  type FieldId,
  FieldNeverShown,
  type FieldValue,
  fieldIds,
  isFieldId,
  PersonalFieldInvalid,
  PurposeMissing,
  personalFields,
} from './fields.ts';
export { parties } from './module.ts';
export {
  AccountLinked,
  type Member,
  MemberElsewhere,
  MemberMissing,
  maskName,
  nameInLists,
  OwnPartyMissing,
  type Party,
  PartyAtRest,
  type PartyKind,
  PartyKindWrong,
  PartyMissing,
  type Relation,
  ResidentIdTaken,
  relations,
} from './party.ts';
export { type Change, type MaskedChange, ProposalDecided, ProposalMissing } from './proposals.ts';
export type { Look, PartyView } from './reading.ts';
export type { MemberDraft, PartyDraft, PartyEdit } from './register.ts';
export {
  normalResidentId,
  type ResidentId,
  type ResidentIdFault,
  readResidentId,
  residentIdFault,
} from './resident-id.ts';
export {
  FieldValueSchema,
  MemberJoinSchema,
  PartyView as PartyViewSchema,
  partyView,
  RelationSchema,
} from './schemas.ts';
export type { PartiesService } from './setup.ts';
export type { OpenValue } from './values.ts';
