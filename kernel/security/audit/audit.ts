import type { Actor } from '@keystead/contracts/access';
import type { Tx } from '@keystead/kernel/db';

export type JournalKind = 'operation' | 'access' | 'device' | 'system';

/** One line of the journal besides who and when: what was done to what, how it ended, and what changed. */
export interface JournalEntry {
  /** `noun.verb`, such as `alarm.acknowledge`. */
  action: string;
  /** What it was done to: `kind:id`. */
  subject: string;
  /** Operations unless told otherwise; `access` = sensitive data was shown, `device` and `system` = not a person's act. */
  kind?: JournalKind;
  outcome?: 'done' | 'refused' | 'failed';
  /** Why sensitive data was looked at. */
  purpose?: string;
  /** Place path, so that the line is found by those who answer for the place. */
  place?: string;
  /** The change, secrets left out; at most 8 KiB as JSON. */
  detail?: Record<string, unknown>;
}

export interface Audit {
  /** Written in the caller's transaction; committed with the change or not at all. */
  add(tx: Tx, actor: Actor, entry: JournalEntry): Promise<void>;
}
