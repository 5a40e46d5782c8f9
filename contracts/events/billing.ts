import { Type } from 'typebox';
import { defineEvent, IdText } from './define.ts';

/** A fee of a lease is late and a step of the ladder was taken. Amounts are minor units. */
export const billNoticed = defineEvent(
  'bill.noticed.v1',
  Type.Object({
    id: IdText,
    agreement: IdText,
    party: IdText,
    subject: Type.String(),
    step: Type.String(),
    channel: Type.String(),
    amount: Type.Integer(),
  }),
);

/** A refund above the policy's limit waits for somebody else than who asked for it. Minor units. */
export const refundHeld = defineEvent(
  'refund.held.v1',
  Type.Object({
    id: IdText,
    agreement: IdText,
    amount: Type.Integer(),
    /** The account of whoever asked for it, and his name. */
    askedBy: Type.String(),
    actorName: Type.String(),
  }),
);
