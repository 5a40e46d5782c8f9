import { Type } from 'typebox';
import { defineEvent, IdText } from './define.ts';

/** A signed lease is to be filed with the authority by a day. */
export const leaseFilingDue = defineEvent(
  'lease.filing-due.v1',
  Type.Object({ id: IdText, code: Type.String(), dueOn: Type.String() }),
);
