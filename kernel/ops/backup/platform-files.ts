import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Installation } from './installation.ts';
import { type Stored, store } from './stored.ts';

/** A file of the installation outside its database. */
interface PlatformFile {
  /** `data/keys/master.key`, or `database/owner-password`. */
  name: string;
  source: string;
  mode: number;
}

/** Folders of a data folder that are no part of it: the database (copied by its own means), backups, stored records (see objects.ts). */
const elsewhere = new Set(['postgres', 'backups', 'objects']);
/** The key that opens the backup is kept apart from it; drafts are nobody's yet; what a restore set aside is past. */
const leftOut = (name: string): boolean =>
  name === 'keys/backup.key' || name.endsWith('.new') || name.includes('before-restore-');

async function walk(root: string, below: string, into: PlatformFile[]): Promise<void> {
  const entries = await readdir(join(root, below), { withFileTypes: true });
  for (const entry of entries) {
    const name = below ? `${below}/${entry.name}` : entry.name;
    if ((below === '' && elsewhere.has(entry.name)) || leftOut(name)) continue;
    if (entry.isDirectory()) await walk(root, name, into);
    else if (entry.isFile()) {
      const source = join(root, name);
      into.push({ name: `data/${name}`, source, mode: (await stat(source)).mode & 0o777 });
    }
  }
}

async function platformFiles({ dataDir, baseDir }: Installation): Promise<PlatformFile[]> {
  const files: PlatformFile[] = [];
  await walk(dataDir, '', files);
  if (baseDir) files.push({ name: 'database/owner-password', source: join(baseDir, 'owner-password'), mode: 0o600 });
  return files;
}

/** Stores keys, certificates, anchors and whatever else lies in the data folder, below `folder`/`part`/files. */
export async function storePlatformFiles(
  installation: Installation,
  folder: string,
  part: string,
  key: Buffer,
): Promise<Stored[]> {
  const stored: Stored[] = [];
  for (const file of await platformFiles(installation)) {
    try {
      const one = await store(folder, `${part}/files/${file.name}`, key, createReadStream(file.source));
      stored.push({ ...one, mode: file.mode });
    } catch (cause) {
      // A file that was there a moment ago was somebody's temporary one.
      if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    }
  }
  return stored;
}
