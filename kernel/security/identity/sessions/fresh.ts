import type { Actor } from '@keystead/contracts/access';
import type { Context } from '../context.ts';
import { ConfirmationNeeded } from './session.ts';
import { sessionById } from './store.ts';

/** Throws ConfirmationNeeded when the last password or code of the session is too long ago for a sensitive act. */
export async function requireFresh({ db, clock }: Context, actor: Actor): Promise<void> {
  // Keys have no one to ask again; they are limited by their own permissions and period.
  if (actor.kind !== 'user' || actor.session === undefined) return;
  const [session] = await db.systemRead(sessionById(actor.session));
  if (!session || session.freshUntil <= clock.now()) throw new ConfirmationNeeded();
}
