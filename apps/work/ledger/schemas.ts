import { Type } from 'typebox';

export const IdText = Type.String({ format: 'uuid' });
export const PeriodText = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' });
const Maybe = <S extends ReturnType<typeof Type.String>>(schema: S) => Type.Union([schema, Type.Null()]);

export const VoucherQuery = Type.Object({
  period: Type.Optional(PeriodText),
  party: Type.Optional(IdText),
  agreement: Type.Optional(IdText),
  document: Type.Optional(IdText),
  kind: Type.Optional(Type.String({ maxLength: 20 })),
  before: Type.Optional(Type.Integer({ minimum: 1 })),
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
});

export const VoucherView = Type.Object({
  id: IdText,
  number: Type.Integer(),
  kind: Type.String(),
  period: Type.String(),
  at: Type.String(),
  agreement: Maybe(IdText),
  party: Maybe(IdText),
  document: Maybe(IdText),
  reverses: Maybe(IdText),
  memo: Type.String(),
  amount: Type.Integer({ description: 'Sum of the debits, minor units' }),
  actorName: Type.String(),
  entries: Type.Array(Type.Object({ account: Type.String(), subject: Maybe(Type.String()), amount: Type.Integer() })),
});

export const AccountView = Type.Object({
  account: Type.String(),
  subject: Maybe(Type.String()),
  debit: Type.Integer(),
  credit: Type.Integer(),
  balance: Type.Integer({ description: 'Debits minus credits, minor units' }),
});

export const ClosingView = Type.Object({
  period: Type.String(),
  at: Type.String(),
  actorName: Type.String(),
  vouchers: Type.Integer(),
  amount: Type.Integer(),
  digest: Type.String(),
});

export const StandingView = Type.Object({
  owed: Type.Integer(),
  prepaid: Type.Integer(),
  deposit: Type.Integer(),
});
