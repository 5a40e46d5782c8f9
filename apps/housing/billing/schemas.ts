import { Type } from 'typebox';

export const IdText = Type.String({ format: 'uuid' });
export const DateText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
export const PeriodText = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' });
export const CodeText = Type.String({ pattern: '^[a-z][a-z0-9-]{1,39}$' });
export const Maybe = <S extends ReturnType<typeof Type.String>>(schema: S) => Type.Union([schema, Type.Null()]);
export const Money = Type.Integer({ minimum: 1, maximum: 1_000_000_000_00 });
const Name = Type.String({ minLength: 1, maxLength: 60 });
export const Reason = Type.String({ minLength: 1, maxLength: 500 });
export const Limit = Type.Integer({ minimum: 1, maximum: 200, default: 50 });
/** Path of a place; its subtree counts. */
export const PlacePath = Type.String({ maxLength: 500, description: 'Place path; its subtree counts' });
/** `after`: id of the last one of the page before. */
export const paged = { after: Type.Optional(IdText), limit: Limit };

const subject = {
  code: CodeText,
  nameZh: Name,
  nameEn: Name,
  fund: Type.Enum(['income', 'deposit']),
  rank: Type.Integer({ minimum: 1, maximum: 99 }),
  unit: Maybe(Type.String({ maxLength: 20 })),
};
export const SubjectWish = Type.Object(subject);
export const SubjectView = Type.Object({ ...subject, retired: Type.Boolean(), version: Type.Integer() });
export const SubjectChange = Type.Object({
  nameZh: Type.Optional(Name),
  nameEn: Type.Optional(Name),
  rank: Type.Optional(subject.rank),
  retired: Type.Optional(Type.Boolean()),
});

const tariff = {
  subject: CodeText,
  effectiveOn: DateText,
  steps: Type.Array(
    Type.Object({
      upTo: Type.Union([Type.Integer({ minimum: 1, maximum: 1_000_000_000_000 }), Type.Null()], {
        description: 'Thousandths of the unit; null = without end',
      }),
      price: Type.Integer({ minimum: 0, maximum: 10_000_000, description: 'Ten-thousandths of yuan a unit' }),
    }),
    { minItems: 1, maxItems: 10 },
  ),
  basis: Reason,
};
export const TariffWish = Type.Object(tariff);
export const TariffView = Type.Object({ ...tariff, id: IdText, at: Type.String(), actorName: Type.String() });

const rules = {
  dueDay: Type.Integer({ minimum: 1, maximum: 28 }),
  lateGrace: Type.Integer({ minimum: 0, maximum: 90 }),
};
export const RulesWish = Type.Object(rules);
export const RulesView = Type.Object({
  ...rules,
  /** A day, in ten-thousandths of what is owed: of the policy in force today where a place has no pack of its own. */
  latePermyriad: Type.Number(),
  version: Type.Integer(),
});

const Reading = Type.Integer({ minimum: 0, maximum: 1_000_000_000_000, description: 'Thousandths of the unit' });
export const UsagesWish = Type.Object({
  usages: Type.Array(
    Type.Object({
      house: IdText,
      subject: CodeText,
      period: PeriodText,
      begin: Reading,
      end: Reading,
      source: Type.String({ minLength: 1, maxLength: 60 }),
      /** A picture of the dial. */
      photo: Type.Optional(IdText),
    }),
    { minItems: 1, maxItems: 1000 },
  ),
});
const Issued = Type.Object({ id: IdText, agreement: IdText, amount: Type.Integer(), lines: Type.Integer() });
export const UsagesTaken = Type.Object({ recorded: Type.Integer(), reissued: Type.Array(Issued) });

export const RunView = Type.Object({
  id: IdText,
  period: Type.String(),
  state: Type.Enum(['running', 'done', 'stopped']),
  total: Type.Integer(),
  passed: Type.Integer(),
  bills: Type.Integer(),
  lines: Type.Integer(),
  amount: Type.Integer(),
  startedAt: Type.String(),
  progressAt: Type.String(),
  finishedAt: Maybe(Type.String()),
  actorName: Type.String(),
});

export const BillQuery = Type.Object({
  period: Type.Optional(PeriodText),
  agreement: Type.Optional(IdText),
  house: Type.Optional(IdText),
  state: Type.Optional(Type.Enum(['open', 'late', 'paid', 'reversed'])),
  place: Type.Optional(PlacePath),
  ...paged,
});
const bill = {
  id: IdText,
  number: Type.Integer(),
  agreement: IdText,
  code: Type.String(),
  tenant: Maybe(Type.String()),
  party: Maybe(IdText),
  house: IdText,
  houseName: Maybe(Type.String()),
  period: Type.String(),
  revision: Type.Integer(),
  dueOn: Type.String(),
  issuedAt: Type.String(),
  amount: Type.Integer(),
  settled: Type.Integer(),
  waived: Type.Integer(),
  replaces: Maybe(IdText),
  reversedAt: Maybe(Type.String()),
  reverseReason: Maybe(Type.String()),
};
export const BillRow = Type.Object(bill);
export const LineView = Type.Object({
  id: IdText,
  bill: IdText,
  agreement: IdText,
  subject: Type.String(),
  period: Type.String(),
  dueOn: Type.String(),
  amount: Type.Integer(),
  settled: Type.Integer(),
  waived: Type.Integer(),
  reversed: Type.Boolean(),
  detail: Type.Record(Type.String(), Type.Unknown()),
});
export const BillDetail = Type.Object({ ...bill, lines: Type.Array(LineView) });
export const LineQuery = Type.Object({
  period: Type.Optional(PeriodText),
  subject: Type.Optional(CodeText),
  state: Type.Optional(Type.Enum(['open', 'late', 'paid'])),
  place: Type.Optional(PlacePath),
  agreement: Type.Optional(IdText),
  ...paged,
});
export const FigureView = Type.Object({
  subject: Type.String(),
  due: Type.Integer(),
  settled: Type.Integer(),
  waived: Type.Integer(),
  lines: Type.Integer(),
});
export const ReversalWish = Type.Object({ reason: Reason, reissue: Type.Boolean() });
export const WaiverWish = Type.Object({ charge: IdText, amount: Money, reason: Reason });

export const PaymentWish = Type.Object({
  agreement: IdText,
  channel: Type.Enum(['cash', 'pos', 'bank']),
  reference: Type.String({ minLength: 1, maxLength: 60 }),
  amount: Money,
  paidAt: Type.String({ format: 'date-time' }),
});
export const PaymentView = Type.Object({
  id: IdText,
  agreement: IdText,
  code: Type.String(),
  party: IdText,
  tenant: Type.String({ description: 'Masked' }),
  channel: Type.String(),
  reference: Type.String(),
  amount: Type.Integer(),
  paidAt: Type.String(),
});
export const OrderWish = Type.Object({
  agreement: IdText,
  bill: Type.Optional(IdText),
  channel: IdText,
  amount: Money,
  /** A code to scan, a link to follow, or values for the channel's own app. */
  how: Type.Optional(Type.Enum(['qr', 'link', 'app'])),
  /** Who pays, by the channel's name of him; for `app`. */
  payer: Type.Optional(Type.String({ maxLength: 128 })),
});
export const PayStepView = Type.Object({
  kind: Type.Enum(['qr', 'link', 'app']),
  text: Type.String(),
  fields: Type.Optional(Type.Record(Type.String(), Type.String())),
});
export const OrderView = Type.Object({
  id: IdText,
  number: Type.String(),
  amount: Type.Integer(),
  state: Type.String(),
  /** How the payer goes on, where the channel was asked for the order. */
  pay: Type.Optional(PayStepView),
});
const Settings = Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 4000 }), { maxProperties: 12 });
const channel = { kind: Type.Enum(['wechat', 'alipay']), name: Name, enabled: Type.Boolean(), settings: Settings };
const Sealed = Type.Optional(Type.String({ maxLength: 4000 }));
/** `privateKey`: PEM of our own key; with it the channel can be asked for orders, refunds and files of days. */
export const ChannelBody = Type.Object({ ...channel, secret: Sealed, privateKey: Sealed });
export const ChannelView = Type.Object({
  ...{ ...channel, id: IdText, version: Type.Integer(), sealed: Type.Boolean(), outgoing: Type.Boolean() },
});

export const StatementWish = Type.Object({
  channel: Type.Enum(['wechat', 'alipay', 'bank']),
  day: DateText,
  statement: Type.String({ minLength: 1, maxLength: 30_000_000 }),
});
export const DayView = Type.Object({
  id: IdText,
  channel: Type.String(),
  day: Type.String(),
  at: Type.String(),
  actorName: Type.String(),
  lines: Type.Integer(),
  matched: Type.Integer(),
  stated: Type.Integer(),
  booked: Type.Integer(),
  open: Type.Integer(),
});
const Figure = Type.Union([Type.Integer(), Type.Null()]);
export const DifferenceView = Type.Object({
  id: IdText,
  kind: Type.String(),
  reference: Type.String(),
  stated: Figure,
  booked: Figure,
  note: Type.String(),
  resolvedAt: Maybe(Type.String()),
  resolution: Maybe(Type.String()),
});

export const ReportView = Type.Object({
  period: Type.String(),
  at: Type.String(),
  figures: Type.Object({
    received: Type.Integer(),
    lines: Type.Array(
      Type.Object({
        subject: Type.String(),
        opening: Type.Integer(),
        due: Type.Integer(),
        collectedCurrent: Type.Integer(),
        collectedEarlier: Type.Integer(),
      }),
    ),
  }),
});
