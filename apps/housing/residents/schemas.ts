import { Type } from 'typebox';
import { channels, complaintSubjects, type OwnCases, repairCategories, requestSubjects } from './own-cases.ts';

export const IdText = Type.String({ format: 'uuid' });
export const Ref = Type.Object({ id: IdText });
const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const Moment = Type.String({ format: 'date-time' });
const Fen = Type.Integer({ description: 'Fen' });

const lease = {
  id: IdText,
  code: Type.String(),
  state: Type.String(),
  house: IdText,
  houseName: Type.String(),
  startsOn: Type.String(),
  endsOn: Type.String(),
};
export const OwnLeaseView = Type.Object(lease);
export const OwnLeaseFileView = Type.Object({
  ...lease,
  title: Type.String(),
  lessor: Type.String(),
  terms: Type.Record(Type.String(), Type.Unknown()),
  fees: Type.Array(
    Type.Object({
      subject: Type.String(),
      basis: Type.Record(Type.String(), Type.Unknown()),
      startsOn: Type.String(),
      endsOn: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
  digest: Type.String(),
  toSign: Type.Boolean(),
  sealed: Type.Boolean(),
  signatures: Type.Array(Type.Object({ role: Type.String(), at: Moment, holds: Type.Boolean() })),
});
export const SignBody = Type.Object({
  digest: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  consent: Text(500),
  code: Type.String({ pattern: '^[0-9]{6}$' }),
});
export const CodeSent = Type.Object({ seconds: Type.Integer() });

const bill = {
  id: IdText,
  number: Type.Integer(),
  period: Type.String(),
  houseName: Type.Union([Type.String(), Type.Null()]),
  dueOn: Type.String(),
  amount: Fen,
  settled: Fen,
  waived: Fen,
  owed: Fen,
};
export const OwnBillView = Type.Object(bill);
export const OwnBillFile = Type.Object({
  ...bill,
  lines: Type.Array(
    Type.Object({
      id: IdText,
      subject: Type.String(),
      amount: Fen,
      settled: Fen,
      waived: Fen,
      reversed: Type.Boolean(),
    }),
  ),
});
export const BillQuery = Type.Object({ state: Type.Optional(Type.Enum(['open', 'paid'])) });
export const WayToPay = Type.Object({ id: IdText, name: Type.String(), kind: Type.Enum(['wechat', 'alipay']) });
export const OrderBody = Type.Object({ channel: IdText });
export const OrderView = Type.Object({
  ...{ id: IdText, number: Type.String(), amount: Fen, state: Type.String() },
  /** Where the payer goes on, while the order can be paid: a link to the channel's own page. */
  pay: Type.Optional(Type.Object({ kind: Type.String(), text: Type.String() })),
});

const words = { title: Text(200), description: Type.String({ maxLength: 4000, default: '' }) };
export const RepairBody = Type.Object({
  category: Type.Enum([...repairCategories]),
  ...words,
  channel: Type.Enum(channels.filter((each) => each !== 'hotline')),
  photos: Type.Array(IdText, { maxItems: 6, default: [] }),
});
export const CallBody = Type.Object({ lease: IdText, category: Type.Enum([...repairCategories]), ...words });
export const RenewalView = Type.Object({
  lease: IdText,
  endsOn: Type.String(),
  /** First day it may be asked for, and the day it is best asked by. */
  from: Type.String(),
  by: Type.String(),
  next: Type.Union([IdText, Type.Null()]),
  request: Type.Union([IdText, Type.Null()]),
  may: Type.Boolean(),
});
export const ComplaintBody = Type.Object({ category: Type.Enum([...complaintSubjects]), ...words });
export const RequestBody = Type.Object({ category: Type.Enum([...requestSubjects]), ...words });

const line = {
  id: IdText,
  code: Type.String(),
  title: Type.String(),
  category: Type.Optional(Type.String()),
  state: Type.String(),
  openedAt: Moment,
  /** Who is at it, and until when it is to be done. */
  handler: Type.Optional(Type.String()),
  dueAt: Type.Optional(Moment),
};
export const OwnCaseLine = Type.Object(line);
export const OwnCaseFile = Type.Object({
  ...line,
  description: Type.String(),
  source: Type.String(),
  rating: Type.Optional(Type.Integer()),
  mayConfirm: Type.Boolean(),
  mayRate: Type.Boolean(),
  history: Type.Array(Type.Object({ at: Moment, step: Type.String(), to: Type.String(), by: Type.String() })),
  photos: Type.Array(IdText),
  comments: Type.Array(Type.Object({ at: Moment, by: Type.String(), text: Type.String() })),
});
export const ReasonBody = Type.Object({ reason: Text(1000) });
export const RatingBody = Type.Object({
  score: Type.Integer({ minimum: 1, maximum: 5 }),
  note: Type.Optional(Text(500)),
});
export const PhotoQuery = Type.Object({
  name: Text(255),
  mediaType: Type.Enum(['image/jpeg', 'image/png', 'image/webp']),
});

type Line = Awaited<ReturnType<OwnCases['list']>>[number];
type File = Awaited<ReturnType<OwnCases['get']>>;

const maybe = <K extends string, V>(key: K, value: V | null | undefined) =>
  (value === null || value === undefined ? {} : { [key]: value }) as { [P in K]?: V };

export const caseLine = (row: Line) => ({
  ...{ id: row.id, code: row.code, title: row.title, state: row.state, openedAt: row.openedAt.toISOString() },
  ...maybe('category', row.category),
  ...maybe('handler', row.assigneeName),
  ...maybe('dueAt', row.resolutionDueAt?.toISOString()),
});

export const caseFile = ({ row, clocks, history, evidence, comments }: File) => ({
  ...{ id: row.id, code: row.code, title: row.title, state: row.state, openedAt: row.openedAt.toISOString() },
  ...maybe('category', row.category),
  ...maybe('handler', row.assigneeName),
  ...maybe('dueAt', clocks.find(({ name }) => name === 'resolution')?.dueAt?.toISOString()),
  ...{ description: row.description, source: row.source },
  ...maybe('rating', row.rating),
  mayConfirm: row.state === 'done',
  mayRate: row.rating === null && ['done', 'confirmed', 'closed'].includes(row.state),
  history: history.map(({ at, step, to, actorName }) => ({ at: at.toISOString(), step, to, by: actorName })),
  photos: evidence.map(({ record }) => record),
  comments: comments
    .filter(({ internal }) => !internal)
    .map((each) => ({ at: each.at.toISOString(), by: each.actorName, text: each.text })),
});

export const OwnHomeView = Type.Object({
  name: Type.String(),
  home: Type.Union([OwnLeaseView, Type.Null()]),
  owed: Fen,
  nextBill: Type.Union([
    Type.Object({ id: IdText, period: Type.String(), dueOn: Type.String(), owed: Fen }),
    Type.Null(),
  ]),
  toSign: Type.Array(OwnLeaseView),
  repairs: Type.Array(OwnCaseLine),
  unread: Type.Integer(),
});
export const NoticeView = Type.Object({
  id: IdText,
  title: Type.String(),
  body: Type.String(),
  createdAt: Moment,
  readAt: Type.Optional(Moment),
});
