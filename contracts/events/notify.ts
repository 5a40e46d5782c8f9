import { Type } from 'typebox';
import { defineEvent, IdText } from './define.ts';

/** A message was written to someone's inbox. Ids only: its text is fetched by whom it is for. */
export const messageWritten = defineEvent('message.written.v1', Type.Object({ id: IdText, receiver: Type.String() }));

export const messageFates = ['delivered', 'read', 'failed'] as const;
export type MessageFate = (typeof messageFates)[number];

/**
 * What became of a text a module had carried to somebody: told by the carrier of the text message, or read in the inbox. `message` is the id
 * it was carried under; in the inbox, the id of what it is about. Each fate of a message is told once.
 */
export const messageFateKnown = defineEvent(
  'message.fate-known.v1',
  Type.Object({
    message: Type.String(),
    way: Type.Enum(['sms', 'in-app']),
    fate: Type.Enum(messageFates),
    code: Type.String(),
    at: Type.String(),
  }),
);
