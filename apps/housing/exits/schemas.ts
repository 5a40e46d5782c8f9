import { DateText, IdText, isoOf, Nullable, StepsTaken, stepViews, Text, When } from '@keystead/apps/housing/handling';
import { Type } from 'typebox';
import { type Exit, type ExitLine, type ExitStepTaken, exitCode, exitKindNames, exitStates } from './exit.ts';

export const StateSchema = Type.Enum([...exitStates]);
export const KindSchema = Type.Enum([...exitKindNames]);
const Reading = Type.Integer({ minimum: 0, maximum: 1e12 });
const Fen = Type.Integer({ minimum: 0, maximum: 1e12 });

export const InspectionBody = Type.Object({
  lastDay: DateText,
  usages: Type.Array(
    Type.Object({
      subject: Type.String({ pattern: '^[a-z][a-z0-9-]{1,39}$' }),
      begin: Reading,
      end: Reading,
    }),
    { maxItems: 20 },
  ),
  damages: Type.Array(Type.Object({ text: Text(200), amount: Type.Integer({ minimum: 1, maximum: 1e9 }) }), {
    maxItems: 100,
  }),
  photos: Type.Array(IdText, { maxItems: 50 }),
  note: Type.String({ maxLength: 1000, default: '' }),
});
export const ExitView = Type.Object({
  id: IdText,
  code: Type.String(),
  household: IdText,
  householdName: Type.String(),
  lease: IdText,
  leaseCode: Type.String(),
  house: IdText,
  kind: KindSchema,
  state: StateSchema,
  reason: Type.String(),
  source: Type.Enum(['tenant', 'staff', 'platform']),
  leaveBy: DateText,
  openedAt: When,
  inspectBy: When,
  settleBy: When,
  depositBy: When,
  endedAt: Nullable(When),
  inspection: Nullable(InspectionBody),
  settlement: Nullable(
    Type.Object({
      lines: Type.Array(
        Type.Object({ subject: Type.String(), period: Type.String(), amount: Type.Integer(), settled: Type.Integer() }),
      ),
      ...{ prepaid: Fen, damages: Fen, deposit: Fen, refunded: Fen, owed: Type.Integer(), channel: Type.String() },
    }),
  ),
  handover: Nullable(IdText),
  escalated: Nullable(Type.String()),
  ack: Nullable(Type.String()),
  ackedAt: Nullable(When),
  confirmedAt: Nullable(When),
  version: Type.Integer(),
});

export const ExitLineView = Type.Object({
  ...ExitView.properties,
  houseName: Nullable(Type.String()),
  leaseState: Nullable(Type.String()),
  reportFailure: Nullable(Type.String()),
});
export const ExitFile = Type.Object({
  ...ExitLineView.properties,
  history: StepsTaken(StateSchema),
});
export const ExitCountView = Type.Object({
  kind: KindSchema,
  state: StateSchema,
  count: Type.Integer(),
  late: Type.Integer(),
});

export const exitView = ({ organisation: _o, place: _p, number, inspection, settlement, ...rest }: Exit) => ({
  ...rest,
  code: exitCode(number),
  settlement: settlement && { ...settlement, lines: [...(settlement.lines ?? [])], prepaid: settlement.prepaid ?? 0 },
  inspection: inspection && {
    ...inspection,
    usages: [...inspection.usages],
    damages: [...inspection.damages],
    photos: [...inspection.photos],
  },
  openedAt: rest.openedAt.toISOString(),
  inspectBy: rest.inspectBy.toISOString(),
  settleBy: rest.settleBy.toISOString(),
  depositBy: rest.depositBy.toISOString(),
  endedAt: isoOf(rest.endedAt),
  ackedAt: isoOf(rest.ackedAt),
  confirmedAt: isoOf(rest.confirmedAt),
});

export const exitLineView = ({ houseName, leaseState, reportFailure, ...exit }: ExitLine) => ({
  ...exitView(exit),
  ...{ houseName, leaseState, reportFailure },
});
export const exitFileView = (exit: ExitLine, history: readonly ExitStepTaken[]) => ({
  ...exitLineView(exit),
  history: stepViews(history),
});
