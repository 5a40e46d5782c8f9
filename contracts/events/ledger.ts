import { Type } from 'typebox';
import { defineEvent, IdText } from './define.ts';

/** Money came in for an agreement and was put on what it owes; minor units. */
export const moneyReceived = defineEvent(
  'money.received.v1',
  Type.Object({ id: IdText, agreement: IdText, amount: Type.Integer() }),
);

/** What is owed changed: charged, settled, waived or taken back. One word for many; its place is what they share. */
export const chargesChanged = defineEvent(
  'charges.changed.v1',
  Type.Object({ change: Type.String(), count: Type.Integer() }),
);
