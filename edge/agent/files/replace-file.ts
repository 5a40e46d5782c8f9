import { rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from './sync-folder.ts';
import { writeDurably } from './write-durably.ts';

/** Replaces a file by a new content: after a power cut there is the old one or the new one, never half of either. */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  const beside = `${path}.new`;
  await writeDurably(beside, content, 'w');
  await rename(beside, path);
  syncFolder(dirname(path));
}
