import { Type } from 'typebox';
import { defineEvent, IdText } from './define.ts';

/** Commands moved on; many at once travel together, all of them at one place. */
export const commandChanged = defineEvent(
  'command.changed.v1',
  Type.Object({
    changes: Type.Array(
      Type.Object({
        id: IdText,
        /** Id of the thing. */
        thing: IdText,
        method: Type.String(),
        state: Type.String(),
        failure: Type.Optional(Type.String()),
        /** Scene run or batch it belongs to. */
        group: Type.Optional(IdText),
      }),
    ),
  }),
);
