import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A data folder of its own; one that the database's account can enter too, so that everything lies in it. */
export function newFolder(parent: string = tmpdir(), prefix = 'keystead-run-'): string {
  const folder = mkdtempSync(join(parent, prefix));
  chmodSync(folder, 0o711);
  return folder;
}

/** Removes a data folder, and its database where that had to live elsewhere. */
export function discard(dataDir: string): void {
  const note = join(dataDir, 'postgres', 'database-is-at.txt');
  if (existsSync(note)) rmSync(readFileSync(note, 'utf8').trim(), { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}
