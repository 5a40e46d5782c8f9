import { defineEvent, IdText } from '@keystead/contracts/events/define';
import { Type } from 'typebox';

/** A session ended: by its holder, by an administrator, by time, or with its account. */
export const sessionEnded = defineEvent(
  'session.ended.v1',
  Type.Object({ session: IdText, account: IdText, reason: Type.String() }),
);

/** What accounts may do is another now; what was remembered or is pushed by the old rights is void. */
export const rightsChanged = defineEvent('account.rights-changed.v1', Type.Object({ accounts: Type.Array(IdText) }));
