import { type Static, Type } from 'typebox';
import { type Consent, consentPurposes } from './consents.ts';
import { fieldIds } from './fields.ts';
import { partyKinds, relations } from './party.ts';
import type { PartyView as View } from './reading.ts';

export const Text = (max: number) => Type.String({ minLength: 1, maxLength: max });
export const IdText = Type.String({ format: 'uuid' });
export const When = Type.String({ format: 'date-time' });
export const DateText = Type.String({ format: 'date' });
export const FieldSchema = Type.Enum([...fieldIds]);
export const PartyKindSchema = Type.Enum([...partyKinds]);
export const RelationSchema = Type.Enum([...relations]);
export const ConsentPurposeSchema = Type.Enum([...consentPurposes]);
const Slot = Type.String({ pattern: '^[a-z0-9-]{0,30}$' });

export const FieldValueSchema = Type.Object({
  field: FieldSchema,
  slot: Type.Optional(Slot),
  value: Type.String({ minLength: 1, maxLength: 2000 }),
});
export const FieldValues = Type.Array(FieldValueSchema, { maxItems: 40 });

export const PartyDraftSchema = Type.Object({
  kind: PartyKindSchema,
  name: Text(100),
  code: Type.Optional(Text(60)),
  placeId: Type.Optional(IdText),
  account: Type.Optional(IdText),
  fields: Type.Optional(FieldValues),
  source: Type.Optional(Text(60)),
});
export const PartyEditSchema = Type.Object({
  name: Type.Optional(Text(100)),
  code: Type.Optional(Text(60)),
  placeId: Type.Optional(IdText),
  account: Type.Optional(Type.Union([IdText, Type.Null()])),
});
/** A new person who joins a household. */
export const MemberJoinSchema = Type.Object({
  name: Text(100),
  relation: RelationSchema,
  from: DateText,
  fields: Type.Optional(FieldValues),
});
export const MemberBody = Type.Union([
  MemberJoinSchema,
  Type.Object({ person: IdText, relation: RelationSchema, from: DateText }),
]);

export const PartyView = Type.Object({
  id: IdText,
  kind: PartyKindSchema,
  name: Type.String(),
  code: Type.Union([Type.String(), Type.Null()]),
  state: Type.Enum(['active', 'restricted', 'erased']),
  hasAccount: Type.Boolean(),
  madeAt: When,
  version: Type.Integer(),
  fields: Type.Array(
    Type.Object({
      field: FieldSchema,
      slot: Type.String(),
      masked: Type.String(),
      source: Type.String(),
      recordedAt: When,
    }),
  ),
});
export const MemberView = Type.Object({
  person: IdText,
  name: Type.String(),
  relation: RelationSchema,
  from: DateText,
  until: Type.Union([DateText, Type.Null()]),
});
export const OpenValueView = Type.Object({ field: FieldSchema, slot: Type.String(), value: Type.String() });
export const LookView = Type.Object({
  at: When,
  by: Type.String(),
  action: Type.String(),
  reason: Type.String(),
  fields: Type.Array(Type.String()),
});
export const ConsentView = Type.Object({
  id: IdText,
  purpose: ConsentPurposeSchema,
  separate: Type.Boolean(),
  wording: Type.String(),
  givenAt: When,
  withdrawnAt: Type.Union([When, Type.Null()]),
});
export const ConsentBody = Type.Object({
  purposes: Type.Array(ConsentPurposeSchema, { minItems: 1, maxItems: 5, uniqueItems: true }),
  /** Which wording was agreed to, such as `2026-1`. */
  wording: Text(60),
});

export const partyView = ({
  id,
  kind,
  name,
  code,
  state,
  account,
  madeAt,
  version,
  fields,
}: View): Static<typeof PartyView> => ({
  id,
  kind,
  name,
  code,
  state,
  hasAccount: account !== null,
  madeAt: madeAt.toISOString(),
  version,
  fields: fields.map(({ field, slot, masked, source, recordedAt }) => ({
    field,
    slot,
    masked,
    source,
    recordedAt: recordedAt.toISOString(),
  })),
});

export const consentView = ({
  id,
  purpose,
  separate,
  wording,
  givenAt,
  withdrawnAt,
}: Consent): Static<typeof ConsentView> => ({
  id,
  purpose,
  separate,
  wording,
  givenAt: givenAt.toISOString(),
  withdrawnAt: withdrawnAt?.toISOString() ?? null,
});
