import { Type } from 'typebox';
import { defineEvent, IdText } from './define.ts';

/** A message was written to someone's inbox. Ids only: its text is fetched by whom it is for. */
export const messageWritten = defineEvent('message.written.v1', Type.Object({ id: IdText, receiver: Type.String() }));
