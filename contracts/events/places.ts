import { Type } from 'typebox';
import { defineEvent, IdText } from './define.ts';

/** A place was created, changed, moved, retired or removed; `from` and `to` are paths when it moved. */
export const placeChanged = defineEvent(
  'place.changed.v1',
  Type.Object({
    id: IdText,
    change: Type.String(),
    from: Type.Optional(Type.String()),
    to: Type.Optional(Type.String()),
  }),
);

/** Many places came at once, or such a batch was taken back. */
export const placesImported = defineEvent(
  'place.imported.v1',
  Type.Object({ batch: IdText, change: Type.String(), count: Type.Integer() }),
);
