import { Type } from 'typebox';
import { defineEvent, IdText } from './define.ts';

/** A review of a household took a step. */
export const eligibilityChanged = defineEvent(
  'eligibility.changed.v1',
  Type.Object({
    id: IdText,
    household: IdText,
    kind: Type.String(),
    /** What kind of household an application is for. */
    category: Type.Optional(Type.String()),
    from: Type.String(),
    to: Type.String(),
  }),
);

/**
 * A household is entitled no longer: told once, when the decision is final (nobody appealed in time, or the appeal was
 * refused). Keys and exit follow from it.
 */
export const eligibilityLost = defineEvent(
  'eligibility.lost.v1',
  Type.Object({
    household: IdText,
    application: IdText,
    reason: Type.String(),
    lostAt: Type.String({ format: 'date-time' }),
    moveOutBy: Type.String({ format: 'date-time' }),
  }),
);
