import { Type } from 'typebox';
import { defineEvent, IdText } from './define.ts';

/** A household on its way into a house took a step: allocated, contract, checked-in, cancelled. */
export const moveInChanged = defineEvent(
  'movein.changed.v1',
  Type.Object({ id: IdText, household: IdText, house: IdText, from: Type.String(), to: Type.String() }),
);
