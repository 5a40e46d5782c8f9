import { Type } from 'typebox';
import { type Handover, type Process, processCode, processStates } from './process.ts';

export const IdText = Type.String({ format: 'uuid' });
export const DateText = Type.String({ format: 'date' });
export const Text = (max: number) => Type.String({ minLength: 1, maxLength: max });
const When = Type.String({ format: 'date-time' });
const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
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
  version: Type.Integer(),
});
export const ProcessFile = Type.Object({
  process: ProcessView,
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

export const processView = ({ organisation: _o, place: _p, number, ...rest }: Process) => ({
  ...rest,
  code: processCode(number),
  openedAt: rest.openedAt.toISOString(),
  contractAt: rest.contractAt?.toISOString() ?? null,
  checkedInAt: rest.checkedInAt?.toISOString() ?? null,
});

interface Whole {
  process: Process;
  lease: { id: string; code: string; title: string; state: string; startsOn: string; endsOn: string } | null;
  digest: string | null;
  handover: Handover | null;
}
export const fileView = ({ process, lease, digest, handover }: Whole) => ({
  process: processView(process),
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
