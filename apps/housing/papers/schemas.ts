import { Type } from 'typebox';

export const IdText = Type.String({ format: 'uuid' });
export const Ref = Type.Object({ id: IdText });
const DateText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const Kind = Type.Enum(['first', 'renewal']);
const Clauses = Type.Array(
  Type.Object({
    heading: Type.String({ minLength: 1, maxLength: 200 }),
    text: Type.String({ minLength: 1, maxLength: 10_000 }),
  }),
  { minItems: 1, maxItems: 100 },
);

export const TemplateBody = Type.Object({
  kind: Kind,
  effectiveOn: DateText,
  title: Type.String({ minLength: 1, maxLength: 100 }),
  clauses: Clauses,
  note: Type.String({ minLength: 1, maxLength: 500 }),
});
export const TemplateView = Type.Object({
  kind: Type.String(),
  number: Type.Integer(),
  effectiveOn: Type.String(),
  title: Type.String(),
  clauses: Clauses,
  note: Type.String(),
  actorName: Type.String(),
});

export const ContractView = Type.Object({
  agreement: IdText,
  version: Type.Integer(),
  digest: Type.String(),
  templateKind: Type.String(),
  templateNumber: Type.Integer(),
  contract: IdText,
  evidence: IdText,
  sha256: Type.String(),
  evidenceSha256: Type.String(),
  certificate: Type.String(),
  at: Type.String(),
});
export const ProofView = Type.Object({
  seal: Type.String({ description: 'intact, altered or none' }),
  sameFile: Type.Boolean(),
  sameCertificate: Type.Boolean(),
  evidence: Type.Boolean(),
  signatures: Type.Boolean(),
  holds: Type.Boolean(),
});
