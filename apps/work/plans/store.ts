import { movePaths, type Tx } from '@keystead/kernel/db';

/** The rows of one organisation below `from` are now below `to`. */
export async function movePlaces(tx: Tx, organisation: string, from: string, to: string): Promise<void> {
  for (const table of ['plan', 'subject', 'occurrence', 'reading', 'progress'])
    await movePaths(tx, `plans.${table}`, 'place', organisation, from, to);
}
