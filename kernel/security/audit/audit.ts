import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import type { Clock } from '@keystead/kernel/base';
import { sql, type Tx } from '@keystead/kernel/db';
import { detailText, short } from './entry.ts';

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
  /** The change, secrets left out (SecretInJournal); of more than 8 KiB of JSON only size, digest and start are kept. */
  detail?: Record<string, unknown>;
}

export interface Audit {
  /**
   * Written in the caller's transaction; committed with the change or not at all. Who, when (µs), from where, what, how
   * it ended (H-11.1-e-1, I-5.1-c, I-8.3-b).
   */
  add(tx: Tx, actor: Actor, entry: JournalEntry): Promise<void>;
}

const kindOf = (actor: Actor): JournalKind =>
  actor.kind === 'device' ? 'device' : actor.kind === 'system' ? 'system' : 'operation';

export function createAudit(clock: Clock): Audit {
  return {
    add: async (tx, actor, entry) => {
      tx.send(sql`select audit.add(
        ${newId()}, ${clock.now()}, ${actor.scope.organisation}, ${entry.place ?? ''}, ${entry.kind ?? kindOf(actor)},
        ${actor.kind}, ${short(actor.id)}, ${short(actor.name)}, ${short(actor.from, 100)}, ${short(actor.session, 100)},
        ${entry.action}, ${short(entry.subject)}, ${entry.outcome ?? 'done'}, ${short(entry.purpose)},
        ${detailText(entry.detail)})`);
    },
  };
}
