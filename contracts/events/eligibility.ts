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

/**
 * A decision bars a household from public rental housing until a day: what it applied or waited for ends. Told when the
 * decision is made, before anybody can appeal it.
 */
export const eligibilityBarred = defineEvent(
  'eligibility.barred.v1',
  Type.Object({
    household: IdText,
    sanction: IdText,
    /** Code of the decision, as people read it. */
    code: Type.String(),
    until: Type.String({ format: 'date-time' }),
  }),
);

/** A decision was lifted on appeal: what it ended can be given back, unless another decision bars the household still. */
export const eligibilityBarLifted = defineEvent(
  'eligibility.bar-lifted.v1',
  Type.Object({
    household: IdText,
    sanction: IdText,
    code: Type.String(),
    /** The decision that bars the household now; null when it is free. */
    barredBy: Type.Union([Type.Object({ sanction: IdText, code: Type.String() }), Type.Null()]),
  }),
);
