import type { MeterTold } from '@keystead/apps/housing/billing';
import type { Translate } from '@keystead/kernel/i18n';
import { Type } from 'typebox';
import { noteOf } from './notice.ts';
import { changeWork, type Swap, type SwapSide, swapCode, swapKinds, swapStates, swapSteps } from './swap.ts';

export const IdText = Type.String({ format: 'uuid' });
export const DateText = Type.String({ format: 'date' });
export const Text = (max: number) => Type.String({ minLength: 1, maxLength: max });
const When = Type.String({ format: 'date-time' });
const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Reading = Type.Integer({ minimum: 0, maximum: 1e12 });
export const StateSchema = Type.Enum([...swapStates]);
const StepSchema = Type.Enum(Object.keys(swapSteps) as (keyof typeof swapSteps)[]);

export const Wish = Type.Object({
  house: Type.Optional(IdText),
  layout: Type.Optional(Text(60)),
  /** Square metres. */
  areaFrom: Type.Optional(Type.Number({ minimum: 0, maximum: 1000 })),
  note: Type.Optional(Text(500)),
});
export const AskBody = Type.Object({
  reason: Text(500),
  wish: Wish,
  /** Number of the contract of the household one would change with. */
  partnerLease: Type.Optional(Type.String({ pattern: '^[A-Z]{2}-[0-9]{4}-[0-9]{6,9}$' })),
});
export const ApprovalBody = Type.Object({
  changeOn: DateText,
  house: Type.Optional(IdText),
  note: Type.Optional(Text(500)),
});
export const ReasonBody = Type.Object({ reason: Text(500) });
const Subject = Type.String({ pattern: '^[a-z][a-z0-9-]{1,39}$' });
const dial = { subject: Subject, begin: Reading, end: Reading };
export const ReadingsBody = Type.Object({
  house: IdText,
  readings: Type.Array(Type.Object(dial), { maxItems: 20 }),
});
const Readings = Type.Array(
  Type.Object({
    ...dial,
    source: Type.Enum(['typed', 'telemetry'], { description: 'Whether the meter itself said so' }),
  }),
);
const stands = ['exact', 'between', 'carried', 'following', 'continued', 'estimated'] as const;
/** What the meter of a house tells by itself; thousandths of the unit. */
export const MeterView = Type.Object({
  house: IdText,
  subject: Subject,
  begin: Nullable(Type.Object({ value: Reading, rule: Type.Enum(['billed', 'handover', ...stands]) })),
  end: Nullable(Type.Object({ value: Reading, rule: Type.Enum([...stands]) })),
  /** When `end` was so. */
  at: Nullable(When),
});

const side = {
  number: Type.Integer(),
  houseName: Type.String(),
  newHouseName: Nullable(Type.String()),
  agreedAt: Nullable(When),
};
const head = {
  id: IdText,
  code: Type.String(),
  kind: Type.Enum([...swapKinds]),
  state: StateSchema,
  reason: Type.String(),
  wish: Wish,
  changeOn: Nullable(DateText),
  note: Nullable(Type.String()),
  openedAt: When,
  decidedAt: Nullable(When),
  endedAt: Nullable(When),
};
export const SwapView = Type.Object({
  ...head,
  worked: Type.Array(Type.Enum([...changeWork])),
  version: Type.Integer(),
  sides: Type.Array(
    Type.Object({
      ...side,
      household: IdText,
      name: Type.String(),
      lease: IdText,
      leaseCode: Type.String(),
      house: IdText,
      newHouse: Nullable(IdText),
      newLease: Nullable(IdText),
      readings: Nullable(Readings),
      carried: Nullable(Type.Integer()),
    }),
  ),
});
export const SwapFile = Type.Object({ swap: SwapView, steps: Type.Array(StepSchema) });

/** What a household sees: of the other one its house, and whether it agreed; neither name nor contract. */
export const OwnSwapView = Type.Object({
  ...head,
  /** It is for this household to say yes or no. */
  toAnswer: Type.Boolean(),
  mayWithdraw: Type.Boolean(),
  mine: Type.Object({ ...side, lease: IdText, newLease: Nullable(IdText), carried: Nullable(Type.Integer()) }),
  other: Nullable(Type.Object(side)),
});
export const HouseView = Type.Object({
  id: IdText,
  name: Type.String(),
  address: Type.String(),
  layout: Type.String(),
  area: Type.Number(),
  rent: Type.Integer({ description: 'Fen a month' }),
  deposit: Type.Integer({ description: 'Fen' }),
});

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
const moment = (text: string | null): string | null => text && new Date(text).toISOString();
const sideFacts = ({ number, houseName, newHouseName, agreedAt }: SwapSide) => ({
  ...{ number, houseName, newHouseName },
  agreedAt: moment(agreedAt),
});
const facts = (swap: Swap, t: Translate) => ({
  ...{ id: swap.id, code: swapCode(swap.number), kind: swap.kind, state: swap.state, reason: swap.reason },
  ...{ wish: { ...swap.wish }, changeOn: swap.changeOn, note: noteOf(swap, t), openedAt: swap.openedAt.toISOString() },
  ...{ decidedAt: iso(swap.decidedAt), endedAt: iso(swap.endedAt) },
});

export const swapView = (swap: Swap, t: Translate) => ({
  ...facts(swap, t),
  worked: [...swap.worked],
  version: swap.version,
  sides: swap.sides.map((each) => ({
    ...each,
    agreedAt: moment(each.agreedAt),
    readings: each.readings?.map(({ source = 'typed', ...read }) => ({ ...read, source })) ?? null,
  })),
});

export const meterView = ({ at, ...told }: MeterTold) => ({ ...told, at: iso(at) });

export function ownSwapView(swap: Swap, household: string, t: Translate) {
  const mine = swap.sides.find((each) => each.household === household) ?? swap.sides[0];
  const other = swap.sides.find((each) => each !== mine);
  if (!mine) throw new RangeError('a swap without a side');
  return {
    ...facts(swap, t),
    toAnswer: swap.state === 'proposed' && mine.number > 1,
    mayWithdraw: (swapSteps.withdraw.from as readonly string[]).includes(swap.state),
    mine: { ...sideFacts(mine), lease: mine.lease, newLease: mine.newLease, carried: mine.carried },
    other: other ? sideFacts(other) : null,
  };
}
