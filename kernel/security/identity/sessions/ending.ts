import { type OrganisationId, systemActor } from '@keystead/contracts/access';
import type { Tx } from '@keystead/kernel/db';
import type { Context } from '../context.ts';
import { sessionEnded } from '../events.ts';
import type { Ended } from './store.ts';

/** Tells every process of sessions that ended; the journal line is the caller's. */
export async function announceEnded(context: Context, tx: Tx, ended: readonly Ended[], reason: string): Promise<void> {
  for (const { id, account, organisation } of ended) {
    await context.outbox.add(tx, sessionEnded, { organisation, place: '' }, { session: id, account, reason });
    tx.afterCommit(() => context.ended(id));
  }
}

/** A line for a session that nobody ended by hand. */
export const journalEnded = ({ audit }: Context, tx: Tx, ended: Ended, reason: string): Promise<void> =>
  audit.add(tx, systemActor('identity', ended.organisation as OrganisationId), {
    action: 'session.expire',
    subject: `user:${ended.account}`,
    detail: { session: ended.id, reason },
  });
