import { Type } from 'typebox';

export const IdText = Type.String({ format: 'uuid' });
export const DateText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const Maybe = <S extends ReturnType<typeof Type.String>>(schema: S) => Type.Union([schema, Type.Null()]);
const Terms = Type.Record(Type.String({ maxLength: 60 }), Type.Unknown(), { maxProperties: 60 });

/** What a fee is charged on; `apps/housing/billing` reads it. */
export const FeeBasis = Type.Union([
  Type.Object(
    {
      kind: Type.Literal('fixed'),
      /** Minor units a cycle. */
      amount: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }),
      /** Months of one cycle; the bill of its first month holds it. */
      months: Type.Optional(Type.Integer({ minimum: 1, maximum: 12 })),
      /** Per mille let go of it. */
      discount: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000 })),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      kind: Type.Literal('metered'),
      discount: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000 })),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    { kind: Type.Literal('once'), amount: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }) },
    { additionalProperties: false },
  ),
]);

export const SubjectCode = Type.String({ pattern: '^[a-z][a-z0-9-]{1,39}$' });
const Person = Type.Object({ party: IdText, name: Type.String({ minLength: 1, maxLength: 100 }) });
const FeeWish = Type.Object({ subject: SubjectCode, basis: FeeBasis });

const wishFields = {
  house: IdText,
  tenant: Person,
  lessor: Person,
  startsOn: DateText,
  endsOn: DateText,
  title: Type.String({ minLength: 1, maxLength: 200 }),
  terms: Terms,
  fees: Type.Array(FeeWish, { maxItems: 40 }),
};
export const LeaseWishBody = Type.Object(wishFields);
export const NextLeaseBody = Type.Object({
  kind: Type.Union([Type.Literal('renewal'), Type.Literal('resign')]),
  endsOn: DateText,
  house: Type.Optional(wishFields.house),
  tenant: Type.Optional(Person),
  lessor: Type.Optional(Person),
  startsOn: Type.Optional(DateText),
  title: Type.Optional(wishFields.title),
  terms: Type.Optional(Terms),
  fees: Type.Optional(wishFields.fees),
});
export const LeaseChangeBody = Type.Object({
  title: Type.Optional(wishFields.title),
  startsOn: Type.Optional(DateText),
  endsOn: Type.Optional(DateText),
  terms: Type.Optional(Terms),
  reason: Type.Optional(Type.String({ maxLength: 500 })),
});
export const StepBody = Type.Object({
  step: Type.Enum(['submit', 'withdraw', 'end', 'void', 'archive']),
  reason: Type.String({ maxLength: 500, default: '' }),
});
export const SignatureBody = Type.Object({
  role: Type.Enum(['tenant', 'lessor']),
  party: IdText,
  digest: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  identityCheck: Type.String({ minLength: 1, maxLength: 60 }),
  consent: Type.String({ minLength: 1, maxLength: 500 }),
});
export const FeeBody = Type.Object({
  basis: Type.Union([FeeBasis, Type.Null()]),
  effectiveOn: DateText,
  endsOn: Type.Optional(DateText),
  reason: Type.String({ minLength: 1, maxLength: 500 }),
});

export const LeaseQuery = Type.Object({
  state: Type.Optional(Type.String({ maxLength: 200, description: 'One or several, with commas' })),
  house: Type.Optional(IdText),
  party: Type.Optional(IdText),
  text: Type.Optional(Type.String({ maxLength: 100 })),
  endsBefore: Type.Optional(DateText),
  after: Type.Optional(IdText),
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
});

const rowFields = {
  id: IdText,
  code: Type.String(),
  title: Type.String(),
  house: IdText,
  state: Type.String(),
  startsOn: Type.String(),
  endsOn: Type.String(),
  replaces: Maybe(IdText),
  version: Type.Integer(),
  parties: Type.Array(Type.Object({ role: Type.String(), party: IdText, name: Type.String() })),
};
export const LeaseRow = Type.Object(rowFields);
const FeeView = Type.Object({
  subject: Type.String(),
  basis: Type.Record(Type.String(), Type.Unknown()),
  startsOn: Type.String(),
  endsOn: Maybe(Type.String()),
});
export const LeaseView = Type.Object({
  ...rowFields,
  lease: Type.Object({
    kind: Type.String(),
    previous: Maybe(IdText),
    shortenedFrom: Maybe(Type.String()),
    signedOn: Maybe(Type.String()),
    filingDueOn: Maybe(Type.String()),
    filedOn: Maybe(Type.String()),
    filingNumber: Maybe(Type.String()),
  }),
  steps: Type.Array(Type.String()),
  digest: Type.String({ description: 'Of the wording: what a signature is put under' }),
  fees: Type.Array(FeeView),
});
export const LeaseVersion = Type.Object({
  number: Type.Integer(),
  step: Type.String(),
  state: Type.String(),
  startsOn: Type.String(),
  endsOn: Type.String(),
  terms: Terms,
  fees: Type.Array(FeeView),
  digest: Type.String(),
  reason: Type.String(),
  at: Type.String(),
  actorName: Type.String(),
});
export const SignatureView = Type.Object({
  id: IdText,
  version: Type.Integer(),
  role: Type.String(),
  party: IdText,
  digest: Type.String(),
  evidence: Type.Object({ statement: Type.String(), seal: Type.String() }),
  at: Type.String(),
  actorName: Type.String(),
  holds: Type.Boolean(),
});
const Basis = Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()]);
export const FeeChangeView = Type.Object({
  subject: Type.String(),
  before: Basis,
  after: Basis,
  effectiveOn: Type.String(),
  basis: Type.String(),
  at: Type.String(),
  actorName: Type.String(),
});
