import { join } from 'node:path';
import { type Found, filesOf } from './manifest.ts';
import { listedObjects } from './objects.ts';
import { BackupDamaged } from './problems.ts';
import { check, type Stored } from './stored.ts';

export interface Verified {
  files: number;
  bytes: number;
  /** Paths that are missing or changed. */
  damaged: string[];
}

/**
 * Reads every stored byte of a backup and compares its sum; with the key also the records it lists. Tells all that is
 * damaged, not only the first.
 */
export async function verifySet({ target, manifest }: Found, key?: Buffer): Promise<Verified> {
  const found: Verified = { files: 0, bytes: 0, damaged: [] };
  const look = async (folder: string, file: Stored): Promise<void> => {
    found.files += 1;
    found.bytes += file.stored;
    try {
      await check(folder, file);
    } catch (cause) {
      if (!(cause instanceof BackupDamaged)) throw cause;
      found.damaged.push(file.path);
    }
  };
  for (const file of filesOf(manifest)) await look(join(target, manifest.id), file);
  if (key && !found.damaged.includes(manifest.objects?.list.path ?? ''))
    for (const file of (await listedObjects(target, manifest, key)).values()) await look(target, file);
  return found;
}
