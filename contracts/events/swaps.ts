import { Type } from 'typebox';
import { defineEvent, IdText } from './define.ts';

/** A change of houses 换租 took a step: proposed, requested, approved, scheduled, changing, done, or it came to nothing. */
export const swapChanged = defineEvent(
  'swap.changed.v1',
  Type.Object({
    id: IdText,
    kind: Type.String(),
    households: Type.Array(IdText),
    from: Type.String(),
    to: Type.String(),
  }),
);
