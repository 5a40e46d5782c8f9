import { existsSync, readdirSync, statSync } from 'node:fs';
import { copyFile, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BackupKey } from './backup-key.ts';
import { dropEarlier, filesOf, findSets, listSets, writeManifest } from './manifest.ts';
import { dropUnlisted, listedObjects } from './objects.ts';
import { check, type Stored } from './stored.ts';

async function copyStored(from: string, to: string, file: Stored): Promise<number> {
  const path = join(to, file.path);
  if (statSync(path, { throwIfNoEntry: false })?.size === file.stored) return 0;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await copyFile(join(from, file.path), `${path}.new`);
  const handle = await open(`${path}.new`, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${path}.new`, path);
  await check(to, file);
  return file.stored;
}

/**
 * Brings a second place up to the first: what is missing or of another size is copied and read back (H-8.4-b-1).
 * Returns the bytes copied. Throws `BackupDamaged` when the copy is not what was written.
 */
export async function copyTo(target: string, other: string, key: BackupKey): Promise<number> {
  let bytes = 0;
  for (const { manifest } of findSets(target)) {
    if (manifest.key !== key.fingerprint) continue;
    for (const file of (await listedObjects(target, manifest, key.bytes)).values())
      bytes += await copyStored(target, other, file);
    for (const file of filesOf(manifest))
      bytes += await copyStored(join(target, manifest.id), join(other, manifest.id), file);
    await writeManifest(other, manifest);
    await dropEarlier(other, manifest);
  }
  return bytes;
}

/** Removes backups by id, what interrupted ones left, and records that no remaining backup lists. */
export async function sweep(target: string, gone: readonly string[], key: BackupKey): Promise<void> {
  for (const id of gone) await rm(join(target, id), { recursive: true, force: true });
  if (!existsSync(target)) return;
  const whole = new Set(listSets(target));
  for (const name of readdirSync(target))
    if (/^\d{8}T\d{6}Z$/.test(name) && !whole.has(name)) await rm(join(target, name), { recursive: true, force: true });
  const listed = new Set<string>();
  for (const { manifest } of findSets(target)) {
    if (manifest.key !== key.fingerprint) continue;
    for (const path of (await listedObjects(target, manifest, key.bytes)).keys()) listed.add(path);
  }
  await dropUnlisted(target, key, listed);
}
