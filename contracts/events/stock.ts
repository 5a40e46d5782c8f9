import { Type } from 'typebox';
import { defineEvent, IdText } from './define.ts';

/** A house took a step (`from` ≠ `to`), was marked as under repair, or its dossier changed (`step` is `dossier` or `open`). */
export const houseChanged = defineEvent(
  'house.changed.v1',
  Type.Object({
    id: IdText,
    step: Type.String(),
    from: Type.String(),
    to: Type.String(),
    repairing: Type.Boolean(),
    lease: Type.Optional(IdText),
  }),
);

/** Something new stands in the timeline of a house; `alarm` names the alarm that belongs to it. */
export const houseHappened = defineEvent(
  'house.happened.v1',
  Type.Object({ id: IdText, kind: Type.String(), refKind: Type.String(), ref: Type.String() }),
);

/** Many dossiers came at once, or such a batch was taken back. */
export const housesImported = defineEvent(
  'house.imported.v1',
  Type.Object({ batch: IdText, change: Type.String(), count: Type.Integer() }),
);
