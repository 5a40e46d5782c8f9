import { Type } from 'typebox';
import { defineEvent, IdText } from './define.ts';

/** A household leaving a house took a step: initiated, accepted, inspected, settled, handed-over, reported, cancelled. */
export const exitChanged = defineEvent(
  'exit.changed.v1',
  Type.Object({
    id: IdText,
    lease: IdText,
    house: IdText,
    kind: Type.String(),
    from: Type.String(),
    to: Type.String(),
  }),
);
