import {
  FieldValueSchema,
  MemberJoinSchema,
  maskName,
  nameInLists,
  PartyViewSchema,
  partyView,
} from '@keystead/data/parties';
import { type Static, Type } from 'typebox';
import type { Dossier } from './dossiers.ts';
import {
  changeKinds,
  fileCode,
  type HouseholdChange,
  type HouseholdFile,
  type Mark,
  markKinds,
  openings,
} from './household.ts';

export const Text = (max: number) => Type.String({ minLength: 1, maxLength: max });
export const IdText = Type.String({ format: 'uuid' });
export const When = Type.String({ format: 'date-time' });
export const DateText = Type.String({ format: 'date' });
const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

export const ChangeStateSchema = Type.Enum(['submitted', 'approved', 'refused', 'withdrawn']);
export const OpeningSchema = Type.Enum([...openings]);
export const Tags = Type.Array(Text(30), { maxItems: 20 });

const fileFields = {
  id: IdText,
  code: Type.String(),
  tags: Type.Array(Type.String()),
  openedBy: OpeningSchema,
  openedAt: When,
  party: PartyViewSchema,
};
export const FileView = Type.Object(fileFields);

export const MarkView = Type.Object({
  id: IdText,
  household: IdText,
  person: IdText,
  kind: Type.Enum([...markKinds]),
  source: Type.String(),
  evidence: Nullable(IdText),
  validFrom: DateText,
  validTo: Nullable(DateText),
});
export const MarkBody = Type.Object({
  person: IdText,
  kind: Type.Enum([...markKinds]),
  source: Text(100),
  evidence: Type.Optional(IdText),
  validFrom: DateText,
  validTo: Type.Optional(DateText),
});

export const ChangeContent = Type.Object({
  fields: Type.Optional(Type.Array(FieldValueSchema, { maxItems: 10 })),
  join: Type.Optional(Type.Array(MemberJoinSchema, { maxItems: 10 })),
  leave: Type.Optional(Type.Array(Type.Object({ person: IdText, until: DateText }), { maxItems: 10 })),
});
export const ChangeBody = Type.Object({
  kind: Type.Enum([...changeKinds]),
  person: Type.Optional(IdText),
  change: ChangeContent,
  evidence: Type.Array(IdText, { maxItems: 20 }),
  note: Type.Optional(Text(500)),
});
export const ChangeView = Type.Object({
  id: IdText,
  household: IdText,
  householdCode: Type.String(),
  party: IdText,
  kind: Type.Enum([...changeKinds]),
  state: ChangeStateSchema,
  evidence: Type.Array(IdText),
  note: Type.String(),
  caseId: IdText,
  caseCode: Type.String(),
  submittedAt: When,
  decidedAt: Nullable(When),
  reason: Nullable(Type.String()),
  version: Type.Integer(),
});

const fields = PartyViewSchema.properties.fields;
export const DossierView = Type.Object({
  ...fileFields,
  members: Type.Array(
    Type.Object({
      person: IdText,
      name: Type.String(),
      relation: Type.String(),
      from: DateText,
      until: Nullable(DateText),
      fields,
    }),
  ),
  documents: Type.Array(Type.Object({ id: IdText, name: Type.String(), size: Type.Integer(), createdAt: When })),
  marks: Type.Array(MarkView),
  parts: Type.Record(
    Type.String(),
    Type.Array(
      Type.Object({
        id: Type.String(),
        title: Type.String(),
        kind: Type.Optional(Type.String()),
        state: Type.String(),
        at: When,
        fen: Type.Optional(Type.Integer()),
      }),
    ),
  ),
});

type View = Dossier['party'];

/** Staff see names masked (parties.names tells them for a reason); a household sees its own. */
type Eyes = 'staff' | 'own';

export const fileView = (file: HouseholdFile, party: View, eyes: Eyes = 'staff'): Static<typeof FileView> => ({
  id: file.household,
  code: fileCode(file.number),
  tags: [...file.tags],
  openedBy: file.openedBy,
  openedAt: file.openedAt.toISOString(),
  party: { ...partyView(party), name: eyes === 'own' ? party.name : nameInLists(party) },
});

export const markView = ({ endedAt: _, ...mark }: Mark): Static<typeof MarkView> => ({
  id: mark.id,
  household: mark.household,
  person: mark.person,
  kind: mark.kind,
  source: mark.source,
  evidence: mark.evidence,
  validFrom: mark.validFrom,
  validTo: mark.validTo,
});

export const changeView = (change: HouseholdChange): Static<typeof ChangeView> => ({
  id: change.id,
  household: change.household,
  householdCode: fileCode(change.fileNumber),
  party: change.party,
  kind: change.kind,
  state: change.state,
  evidence: [...change.evidence],
  note: change.note,
  caseId: change.caseId,
  caseCode: change.caseCode,
  submittedAt: change.submittedAt.toISOString(),
  decidedAt: change.decidedAt?.toISOString() ?? null,
  reason: change.reason,
  version: change.version,
});

export const dossierView = (
  { file, party, members, documents, marks, parts }: Dossier,
  eyes: Eyes = 'staff',
): Static<typeof DossierView> => ({
  ...fileView(file, party, eyes),
  members: members.map(({ household: _, fields: own, ...member }) => ({
    ...member,
    name: eyes === 'own' ? member.name : maskName(member.name),
    fields: own.map(({ field, slot, masked, source, recordedAt }) => ({
      field,
      slot,
      masked,
      source,
      recordedAt: recordedAt.toISOString(),
    })),
  })),
  documents: documents.map((each) => ({ ...each, createdAt: each.createdAt.toISOString() })),
  marks: marks.map(markView),
  parts: Object.fromEntries(
    Object.entries(parts).map(([name, entries]) => [
      name,
      entries.map((each) => ({ ...each, at: each.at.toISOString() })),
    ]),
  ),
});
