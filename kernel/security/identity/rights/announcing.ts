import type { Tx } from '@keystead/kernel/db';
import type { Context } from '../context.ts';
import { rightsChanged } from '../events.ts';

const atOnce = 100; // ids in one event: it travels in a notification of 8 kB

/** Tells every process that what these accounts may do is another now: open sockets carry the old rights. */
export async function announceRights(
  context: Context,
  tx: Tx,
  organisation: string,
  accounts: readonly string[],
): Promise<void> {
  for (let from = 0; from < accounts.length; from += atOnce)
    await context.outbox.add(
      tx,
      rightsChanged,
      { organisation, place: '' },
      { accounts: accounts.slice(from, from + atOnce) },
    );
  tx.afterCommit(() => context.rightsChanged(accounts));
}
