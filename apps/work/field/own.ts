import type { Actor } from '@keystead/contracts/access';
import { problem } from '@keystead/contracts/problem';

/** The work is somebody else's now: given to another, or taken by one of the team (`holder`). */
export class FieldTaskElsewhere extends problem('field-task-elsewhere', 409) {}

interface Held {
  readonly id: string;
  readonly code: string;
  readonly assignee: string | null;
  readonly assigneeName: string | null;
  readonly team: string | null;
}

/** Out in the field everyone works on what is his, or on what his team holds and nobody has taken. Throws FieldTaskElsewhere. */
export function requireOwn(actor: Actor, row: Held): void {
  if (row.assignee === actor.id || (row.assignee === null && row.team !== null)) return;
  throw new FieldTaskElsewhere({ code: row.code, holder: row.assigneeName ?? '-' });
}
