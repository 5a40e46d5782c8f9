import type { MeterTold } from '@keystead/apps/housing/billing';
import { DateText, IdText, isoOf, Nullable, StepsTaken, stepViews, Text, When } from '@keystead/apps/housing/handling';
import { Type } from 'typebox';
import {
  type Exit,
  type ExitLine,
  type ExitStepTaken,
  exitCode,
  exitStates,
  type Inspection,
  type Settlement,
} from './exit.ts';
import { exitKindNames, violationGrounds } from './kinds.ts';
import type { TransitionAhead } from './transition.ts';

export const StateSchema = Type.Enum([...exitStates]);
export const KindSchema = Type.Enum([...exitKindNames]);
const Reading = Type.Integer({ minimum: 0, maximum: 1e12 });
const Fen = Type.Integer({ minimum: 0, maximum: 1e12 });
export const GroundSchema = Type.Enum([...violationGrounds]);
const Subject = Type.String({ pattern: '^[a-z][a-z0-9-]{1,39}$' });
const dial = { subject: Subject, begin: Reading, end: Reading };
const DialSource = Type.Enum(['typed', 'telemetry'], { description: 'Whether the meter itself said so' });
const stands = ['exact', 'between', 'carried', 'following', 'continued', 'estimated'] as const;
/** What a meter of the home tells by itself; thousandths of the unit. */
export const MeterView = Type.Object({
  subject: Subject,
  begin: Nullable(Type.Object({ value: Reading, rule: Type.Enum(['billed', 'handover', ...stands]) })),
  end: Nullable(Type.Object({ value: Reading, rule: Type.Enum([...stands]) })),
  /** When `end` was so. */
  at: Nullable(When),
});

export const InspectionBody = Type.Object({
  lastDay: DateText,
  usages: Type.Array(Type.Object(dial), { maxItems: 20 }),
  damages: Type.Array(Type.Object({ text: Text(200), amount: Type.Integer({ minimum: 1, maximum: 1e9 }) }), {
    maxItems: 100,
  }),
  photos: Type.Array(IdText, { maxItems: 50 }),
  note: Type.String({ maxLength: 1000, default: '' }),
});
const InspectionView = Type.Object({
  ...InspectionBody.properties,
  usages: Type.Array(Type.Object({ ...dial, source: DialSource })),
});

/** Rent of days beyond the one to leave by: so many per cent of the market rent, a month. */
const paid = { from: DateText, market: Fen, percent: Type.Number(), rent: Fen, policy: IdText };
/** The same while the household is on its way out: paid, or to be paid; null = its file says no market rent. */
export const TransitionView = Type.Object({
  ...paid,
  market: Nullable(Fen),
  rent: Nullable(Fen),
  running: Type.Boolean(),
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
  ground: Nullable(GroundSchema),
  finding: Nullable(Type.String()),
  policy: Nullable(IdText),
  leaveBy: DateText,
  openedAt: When,
  inspectBy: When,
  settleBy: When,
  depositBy: When,
  endedAt: Nullable(When),
  inspection: Nullable(InspectionView),
  settlement: Nullable(
    Type.Object({
      lines: Type.Array(
        Type.Object({
          ...{ subject: Type.String(), period: Type.String(), amount: Type.Integer(), settled: Type.Integer() },
          transition: Type.Boolean({ description: 'Rent of days beyond the one to leave by' }),
        }),
      ),
      transition: Nullable(Type.Object({ ...paid, to: DateText, charged: Fen })),
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
  transition: Nullable(TransitionView),
  history: StepsTaken(StateSchema),
});
export const ExitCountView = Type.Object({
  kind: KindSchema,
  state: StateSchema,
  count: Type.Integer(),
  late: Type.Integer(),
});

const inspectionView = ({ usages, damages, photos, ...found }: Inspection) => ({
  ...found,
  usages: usages.map(({ source = 'typed', ...usage }) => ({ ...usage, source })),
  damages: [...damages],
  photos: [...photos],
});
const settlementView = ({ lines = [], prepaid = 0, transition, ...sums }: Settlement) => ({
  ...{ ...sums, prepaid, transition: transition ?? null },
  lines: lines.map((line) => ({ ...line, transition: line.transition ?? false })),
});

export const exitView = ({
  organisation: _o,
  place: _p,
  transition: _t,
  number,
  inspection,
  settlement,
  ...rest
}: Exit) => ({
  ...rest,
  code: exitCode(number),
  settlement: settlement && settlementView(settlement),
  inspection: inspection && inspectionView(inspection),
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
export const meterView = ({ house: _, at, ...told }: MeterTold) => ({ ...told, at: isoOf(at) });
export const exitFileView = (
  exit: ExitLine,
  transition: TransitionAhead | null,
  history: readonly ExitStepTaken[],
) => ({
  ...exitLineView(exit),
  transition,
  history: stepViews(history),
});
