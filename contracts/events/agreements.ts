import { Type } from 'typebox';
import { defineEvent, IdText } from './define.ts';

/** An agreement was drafted (`from` is empty), took a step, or was changed (`from` equals `to`). */
export const agreementChanged = defineEvent(
  'agreement.changed.v1',
  Type.Object({
    id: IdText,
    kind: Type.String(),
    code: Type.String(),
    /** What it is about: the house of a lease. */
    subject: IdText,
    step: Type.String(),
    from: Type.String(),
    to: Type.String(),
  }),
);

/** The clock came to a mark of an agreement: so many days before its end (`expiring-30`), or its end (`expired`). */
export const agreementMarked = defineEvent(
  'agreement.marked.v1',
  Type.Object({
    id: IdText,
    kind: Type.String(),
    code: Type.String(),
    subject: IdText,
    mark: Type.String(),
    daysLeft: Type.Integer(),
    endsOn: Type.String(),
  }),
);
