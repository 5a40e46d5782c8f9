import { Type } from 'typebox';
import { defineEvent, IdText } from './define.ts';

export const caseChanged = defineEvent(
  'case.changed.v1',
  Type.Object({
    id: IdText,
    code: Type.String(),
    kind: Type.String(),
    from: Type.String(),
    to: Type.String(),
    title: Type.String(),
    assignee: Type.Optional(Type.String()),
  }),
);

/** A clock of a case passed its warning or its deadline. */
export const caseClockPassed = defineEvent(
  'case.clock-passed.v1',
  Type.Object({ id: IdText, code: Type.String(), clock: Type.String(), mark: Type.String() }),
);
