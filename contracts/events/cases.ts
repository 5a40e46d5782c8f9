import { Type } from 'typebox';
import { defineEvent, IdText } from './define.ts';

/** A case was opened (`from` is empty), took a step, or was edited (`from` equals `to`). */
export const caseChanged = defineEvent(
  'case.changed.v1',
  Type.Object({
    id: IdText,
    code: Type.String(),
    kind: Type.String(),
    from: Type.String(),
    to: Type.String(),
    title: Type.String(),
    /** 1 = first of all … 4. */
    priority: Type.Optional(Type.Integer()),
    assignee: Type.Optional(Type.String()),
  }),
);

/** A clock of a case (`response`, `resolution`) passed its `warning` or its deadline (`breach`). */
export const caseClockPassed = defineEvent(
  'case.clock-passed.v1',
  Type.Object({
    id: IdText,
    code: Type.String(),
    clock: Type.String(),
    mark: Type.String(),
    kind: Type.Optional(Type.String()),
    title: Type.Optional(Type.String()),
    priority: Type.Optional(Type.Integer()),
    assignee: Type.Optional(Type.String()),
  }),
);
