import { Type } from 'typebox';
import { defineEvent, IdText } from './define.ts';

/** A key warning goes to a named terminal of the supervisor. */
export const warningPushed = defineEvent(
  'supervision.warning-pushed.v1',
  Type.Object({
    terminal: IdText,
    alarm: IdText,
    severity: Type.Integer(),
    title: Type.Object({ zh: Type.String(), en: Type.String() }),
    subject: Type.String(),
    /** Sent to see whether the terminal hears; there is no alarm behind it. */
    test: Type.Optional(Type.Boolean()),
  }),
);
