import { Type } from 'typebox';
import { defineEvent, IdText } from './define.ts';

/** An occurrence of a plan was `made`, `missed`, or is now `done`, `cancelled` or `open` again. */
export const planOccurred = defineEvent(
  'plan.occurred.v1',
  Type.Object({ id: IdText, plan: IdText, change: Type.String(), case: Type.Optional(IdText) }),
);
