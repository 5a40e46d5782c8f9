import { Type } from 'typebox';
import { defineEvent, IdText } from './define.ts';

/** Money came in for an agreement and was put on what it owes; minor units. */
export const moneyReceived = defineEvent(
  'money.received.v1',
  Type.Object({ id: IdText, agreement: IdText, amount: Type.Integer() }),
);
