import { IdText, isoOf, Nullable, StepsTaken, stepViews, Text, When } from '@keystead/apps/housing/handling';
import { Type } from 'typebox';
import {
  type Handover,
  type Process,
  type ProcessLine,
  type ProcessStep,
  processCode,
  processStates,
} from './process.ts';

export const StateSchema = Type.Enum([...processStates]);

export const HandoverBody = Type.Object({
  readings: Type.Record(
    Type.String({ pattern: '^[a-z][a-z0-9-]{1,39}$' }),
    Type.Integer({ minimum: 0, maximum: 1e12 }),
    {
      maxProperties: 20,
    },
  ),
  furniture: Type.Array(
    Type.Object({ item: Text(60), count: Type.Integer({ minimum: 0, maximum: 1000 }), condition: Text(200) }),
    { maxItems: 200 },
  ),
  photos: Type.Array(IdText, { maxItems: 50 }),
});
export const ProcessView = Type.Object({
  id: IdText,
  code: Type.String(),
  household: IdText,
  householdName: Type.String(),
  house: IdText,
  plan: Nullable(IdText),
  state: StateSchema,
  lease: Nullable(IdText),
  openedAt: When,
  contractAt: Nullable(When),
  checkedInAt: Nullable(When),
  appointmentAt: Nullable(When),
  version: Type.Integer(),
});
export const ProcessLineView = Type.Object({
  ...ProcessView.properties,
  houseName: Nullable(Type.String()),
  leaseCode: Nullable(Type.String()),
  leaseState: Nullable(Type.String()),
});
export const ProcessFile = Type.Object({
  process: ProcessView,
  history: StepsTaken(StateSchema),
  lease: Nullable(
    Type.Object({
      id: IdText,
      code: Type.String(),
      title: Type.String(),
      state: Type.String(),
      startsOn: Type.String(),
      endsOn: Type.String(),
    }),
  ),
  /** Of the wording: what a signature is put under. */
  digest: Nullable(Type.String()),
  handover: Nullable(Type.Object({ id: IdText, at: When, actorName: Type.String(), ...HandoverBody.properties })),
});

export const processView = (of: Process) => ({
  ...{ id: of.id, code: processCode(of.number), household: of.household, householdName: of.householdName },
  ...{ house: of.house, plan: of.plan, state: of.state, lease: of.lease, version: of.version },
  openedAt: of.openedAt.toISOString(),
  contractAt: isoOf(of.contractAt),
  checkedInAt: isoOf(of.checkedInAt),
  appointmentAt: isoOf(of.appointmentAt),
});
export const processLineView = (of: ProcessLine) => ({
  ...processView(of),
  ...{ houseName: of.houseName, leaseCode: of.leaseCode, leaseState: of.leaseState },
});

export interface Whole {
  process: Process;
  lease: { id: string; code: string; title: string; state: string; startsOn: string; endsOn: string } | null;
  digest: string | null;
  handover: Handover | null;
  history: readonly ProcessStep[];
}
export const fileView = ({ process, lease, digest, handover, history }: Whole) => ({
  process: processView(process),
  history: stepViews(history),
  lease: lease && {
    ...{ id: lease.id, code: lease.code, title: lease.title, state: lease.state },
    ...{ startsOn: lease.startsOn, endsOn: lease.endsOn },
  },
  digest,
  handover: handover && {
    ...{ id: handover.id, at: handover.at.toISOString(), actorName: handover.actorName },
    ...{ readings: { ...handover.readings }, furniture: [...handover.furniture], photos: [...handover.photos] },
  },
});
