import { Type } from 'typebox';
import { defineEvent, IdText } from './define.ts';

/** A party was made, changed or came to rest; never with the values themselves. */
export const partyChanged = defineEvent(
  'party.changed.v1',
  Type.Object({
    id: IdText,
    kind: Type.String(),
    /** create, fields, members, place, restrict, erase. */
    change: Type.String(),
  }),
);

/** What rested on this consent must end: for `biometric-key`, templates within 24 h, with another key in exchange. */
export const consentWithdrawn = defineEvent(
  'consent.withdrawn.v1',
  Type.Object({ consent: IdText, party: IdText, purpose: Type.String() }),
);
