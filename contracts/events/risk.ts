import { Type } from 'typebox';
import { defineEvent, IdText } from './define.ts';

/** A warning was found, regraded, assigned, given a case or closed. Says nothing of persons. */
export const warningChanged = defineEvent(
  'warning.changed.v1',
  Type.Object({ id: IdText, kind: Type.String(), change: Type.String(), grade: Type.Integer() }),
);
