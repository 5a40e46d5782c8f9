import { type Static, type TSchema, Type } from 'typebox';
import { checkStates, verdicts } from './check.ts';
import type { NamedCheck } from './service.ts';

export const IdText = Type.String({ format: 'uuid' });
export const Moment = Type.String({ format: 'date-time' });
export const DialText = Type.String({
  pattern: '^\\d{1,12}(\\.\\d{1,6})?$',
  description: 'Digits as they stand there',
});
const Maybe = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Text = Type.String();

export const StateText = Type.Enum([...checkStates]);
export const VerdictText = Type.Enum([...verdicts]);

export const CheckView = Type.Object({
  id: IdText,
  thing: IdText,
  thingCode: Text,
  thingName: Text,
  property: Text,
  propertyName: Type.Object({ zh: Text, en: Text }),
  unit: Text,
  /** Id of the picture among the records. */
  photo: IdText,
  takenAt: Moment,
  dial: Text,
  /** What was read first, where the reviewer read something else. */
  firstDial: Maybe(Text),
  /** What the meter said nearest to that moment; null: nothing within a day. */
  register: Maybe(Type.Number()),
  registerTime: Maybe(Text),
  /** Steps of the last place of the dial. */
  lastPlaces: Maybe(Type.Number()),
  state: StateText,
  actorName: Text,
  recordedAt: Moment,
  /** The one who asks took the photo. */
  own: Type.Boolean(),
  note: Maybe(Text),
  reviewerName: Maybe(Text),
  reviewedAt: Maybe(Moment),
});

export function checkView({ row, thing, property }: NamedCheck, asking: string): Static<typeof CheckView> {
  return {
    id: row.id,
    thing: row.thing,
    thingCode: thing?.code ?? '',
    thingName: thing?.name ?? '',
    property: row.property,
    propertyName: property?.name ?? { zh: row.property, en: row.property },
    unit: property?.unit ?? '',
    photo: row.photo,
    takenAt: row.takenAt.toISOString(),
    dial: row.dial,
    firstDial: row.firstDial,
    register: row.register,
    registerTime: row.registerTime,
    lastPlaces: row.lastPlaces,
    state: row.state,
    actorName: row.actorName,
    recordedAt: row.recordedAt.toISOString(),
    own: row.actor === asking,
    note: row.note,
    reviewerName: row.reviewerName,
    reviewedAt: row.reviewedAt?.toISOString() ?? null,
  };
}
