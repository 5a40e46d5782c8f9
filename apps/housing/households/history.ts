import type { Tx } from '@keystead/kernel/db';
import { copyInto, textList } from '@keystead/kernel/db/copy';
import type { Opening } from './household.ts';

export interface FileHistory {
  readonly household: string;
  readonly place: string;
  readonly tags: readonly string[];
  readonly openedBy: Opening;
  readonly openedAt: Date;
}

/** Files taken over from before the platform, many at once; only in a transaction on a connection of its own. */
export async function importHistory(tx: Tx, organisation: string, files: readonly FileHistory[]): Promise<void> {
  await copyInto(
    tx,
    'households.file',
    ['household', 'organisation', 'place', 'tags', 'opened_by', 'opened_at'],
    files.map(({ household, place, tags, openedBy, openedAt }) => [
      ...[household, organisation, place],
      ...[textList(tags), openedBy, openedAt],
    ]),
  );
}
