import { Type } from 'typebox';
import { defineEvent, IdText } from './define.ts';

/** A key of a household was issued, works in every lock, was frozen, unfrozen, or ended. */
export const doorKeyChanged = defineEvent(
  'door-key.changed.v1',
  Type.Object({ id: IdText, house: IdText, household: IdText, holder: IdText, change: Type.String() }),
);
