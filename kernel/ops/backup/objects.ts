import { createReadStream, existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { BackupKey } from './backup-key.ts';
import { findSets, type Manifest } from './manifest.ts';
import { load, type Stored, store } from './stored.ts';

/**
 * Stored records are content-addressed and never change, so each is copied once, beside the backups, below
 * `objects/<fingerprint of the key>/`; a backup only lists which it needs.
 */
const objectFolder = 'objects';

/** Name of a record in the installation, by its path in the backup. */
export const nameOf = (path: string): string => path.split('/').slice(2).join('/');

async function* filesBelow(root: string, below = ''): AsyncGenerator<string> {
  if (!existsSync(join(root, below))) return;
  for (const entry of await readdir(join(root, below), { withFileTypes: true })) {
    const name = below ? `${below}/${entry.name}` : entry.name;
    if (entry.isDirectory()) yield* filesBelow(root, name);
    else if (entry.isFile() && !name.endsWith('.new')) yield name;
  }
}

/** What a backup lists: path in `objects/` and what is stored under it. */
export async function listedObjects(target: string, manifest: Manifest, key: Buffer): Promise<Map<string, Stored>> {
  const listed = new Map<string, Stored>();
  if (!manifest.objects) return listed;
  const list = await buffer(load(join(target, manifest.id), manifest.objects.list, key));
  for (const line of list.toString('utf8').split('\n')) {
    if (line === '') continue;
    const one = JSON.parse(line) as Stored;
    listed.set(one.path, one);
  }
  return listed;
}

/** What any backup of a target lists under this key: none of these is stored again, or older lists would no longer fit. */
async function alreadyStored(target: string, key: BackupKey): Promise<Map<string, Stored>> {
  const known = new Map<string, Stored>();
  for (const { manifest } of findSets(target)) {
    if (manifest.key !== key.fingerprint) continue;
    for (const [path, one] of await listedObjects(target, manifest, key.bytes)) known.set(path, one);
  }
  return known;
}

/** Copies the records that are not there yet and writes the list of all. */
export async function storeObjects(
  dataDir: string,
  target: string,
  /** Folder of the list: set and part. */
  listIn: { set: string; part: string },
  key: BackupKey,
): Promise<NonNullable<Manifest['objects']>> {
  const known = await alreadyStored(target, key);
  const all: Stored[] = [];
  let bytes = 0;
  for await (const name of filesBelow(join(dataDir, objectFolder))) {
    const path = `${objectFolder}/${key.fingerprint}/${name}`;
    const before = known.get(path);
    const there = before && existsSync(join(target, path)) ? before : undefined;
    try {
      const source = () => createReadStream(join(dataDir, objectFolder, name));
      const one = there ?? (await store(target, path, key.bytes, source()));
      all.push(one);
      bytes += one.bytes;
    } catch (cause) {
      // Deleted while we were on the way: then nothing refers to it any more.
      if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    }
  }
  const text = Readable.from(
    all.map((one) => Buffer.from(`${JSON.stringify(one)}\n`)),
    { objectMode: false },
  );
  return {
    list: await store(join(target, listIn.set), `${listIn.part}/objects.list`, key.bytes, text),
    count: all.length,
    bytes,
  };
}

/** Removes copies under this key that none of the remaining backups lists. */
export async function dropUnlisted(target: string, key: BackupKey, listed: ReadonlySet<string>): Promise<void> {
  const folder = `${objectFolder}/${key.fingerprint}`;
  for await (const name of filesBelow(join(target, folder))) {
    if (!listed.has(`${folder}/${name}`)) await rm(join(target, folder, name), { force: true });
  }
}
