import { Type } from 'typebox';
import { defineEvent, IdText } from './define.ts';

/** An allocation plan took a step: open, committed, choosing (drawn), closed. */
export const allocationChanged = defineEvent(
  'allocation.changed.v1',
  Type.Object({ plan: IdText, from: Type.String(), to: Type.String() }),
);
