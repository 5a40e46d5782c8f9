import type { Tx } from '@keystead/kernel/db';
import type { Context } from '../context.ts';
import { LastAdministrator } from './role.ts';
import { administrators } from './store.ts';

/** Called at the end of a change of rights: throws LastAdministrator when nobody could undo it any more. */
export async function keepAdministrator({ clock }: Context, tx: Tx, organisation: string): Promise<void> {
  const [row] = await tx.all(administrators(organisation, clock.now()));
  if ((row?.count ?? 0) === 0) throw new LastAdministrator();
}
