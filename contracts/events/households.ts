import { Type } from 'typebox';
import { defineEvent, IdText } from './define.ts';

/** The file of a household was opened or changed: open, tags, mark, change-submitted, change-approved, change-refused. */
export const householdChanged = defineEvent(
  'household.changed.v1',
  Type.Object({ id: IdText, change: Type.String(), ref: Type.Optional(IdText) }),
);
