import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Clock } from '@keystead/kernel/base';
import { type EmbeddedServer, startServer } from '@keystead/kernel/db/embedded';
import { type BackupKey, keyFileIn } from './backup-key.ts';
import { extractTar, placeTablespaces } from './extract.ts';
import { baseOf, databaseFolder } from './installation.ts';
import { type DatabasePart, type Found, setId } from './manifest.ts';
import { listedObjects, nameOf } from './objects.ts';
import { BackupDamaged, BackupKeyMissing, RestoreTargetBusy } from './problems.ts';
import { recover } from './recover.ts';
import { load, type Stored } from './stored.ts';
import { verifySet } from './verify.ts';

export interface RestoreOptions {
  /** Chosen by `chooseSet`. */
  set: Found;
  key: BackupKey;
  /** Everything committed up to this moment; without it, everything the backup holds. */
  until?: Date;
  /** Data folder to restore into. What is there is set aside, not deleted. */
  into: string;
  clock: Clock;
  say?: (line: string) => void;
}

export interface Restored {
  /** The database of the restored installation, running; the caller looks at it and stops it. */
  server: EmbeddedServer | undefined;
  /** Bytes of database files, log and other files written. */
  bytes: number;
  seconds: number;
  /** Where earlier contents of the folder went. */
  setAside: string | undefined;
}

/** A process of ours keeps the embedded server of this folder. */
function keeperOf(base: string): number | undefined {
  const file = join(base, 'owner.json');
  if (!existsSync(file)) return undefined;
  const { pid } = JSON.parse(readFileSync(file, 'utf8')) as { pid?: number };
  try {
    if (pid === undefined) return undefined;
    process.kill(pid, 0);
    return pid;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM' ? pid : undefined;
  }
}

async function moveAside(from: string, to: string): Promise<boolean> {
  if (!existsSync(from)) return false;
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await rename(from, to);
  return true;
}

/** Puts the cluster's files and the log into place; returns bytes written. */
async function fillCluster(set: Found, part: DatabasePart, key: Buffer, base: string): Promise<number> {
  const folder = join(set.target, set.manifest.id);
  const cluster = join(base, 'cluster');
  const spaceOf = (oid: string) => join(base, 'tablespaces', oid);
  let bytes = 0;
  for (const archive of part.archives) {
    const oid = /(\d+)\.tar$/.exec(archive.path)?.[1];
    bytes += await extractTar(load(folder, archive, key), oid ? spaceOf(oid) : cluster);
  }
  if (part.archives.length > 1) await placeTablespaces(cluster, spaceOf);
  for (const file of part.log) {
    await writeFile(join(cluster, 'pg_wal', file.segment), load(folder, file, key), { mode: 0o600 });
    bytes += file.bytes;
  }
  await writeFile(join(cluster, 'recovery.signal'), '');
  return bytes;
}

async function restoreDatabase({ set, key, into }: RestoreOptions, part: DatabasePart, aside: string) {
  const base = baseOf(into);
  let setAside = false;
  for (const name of ['cluster', 'owner-password'])
    setAside = (await moveAside(join(base, name), join(dirname(base), `${basename(base)}-${aside}`, name))) || setAside;
  // A new server shows where it may live and by which account; then the backup takes the place of its cluster.
  const draft = await startServer({ dataDir: databaseFolder(into), settings: { fsync: 'off' } });
  const { baseDir } = draft;
  await draft.stop();
  await rm(join(baseDir, 'cluster'), { recursive: true, force: true });
  const bytes = await fillCluster(set, part, key.bytes, baseDir);
  const password = set.manifest.files.find(({ path }) => path.endsWith('/files/database/owner-password'));
  if (!password) throw new BackupDamaged({ path: 'files/database/owner-password', reason: 'missing' });
  const content = load(join(set.target, set.manifest.id), password, key.bytes);
  await writeFile(join(baseDir, 'owner-password'), content, { mode: 0o600 });
  return { bytes, setAside };
}

async function restoreFiles(
  { set, key, into }: RestoreOptions,
  aside: string,
): Promise<{ bytes: number; setAside: boolean }> {
  let bytes = 0;
  let setAside = false;
  const put = async (folder: string, file: Stored, name: string): Promise<void> => {
    const path = join(into, name);
    setAside = (await moveAside(path, join(into, aside, name))) || setAside;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, load(folder, file, key.bytes), { mode: file.mode ?? 0o600 });
    bytes += file.bytes;
  };
  for (const file of set.manifest.files) {
    const name = /^[^/]+\/files\/data\/(.+)$/.exec(file.path)?.[1];
    if (name) await put(join(set.target, set.manifest.id), file, name);
  }
  for (const file of (await listedObjects(set.target, set.manifest, key.bytes)).values()) {
    const name = `objects/${nameOf(file.path)}`;
    if (!existsSync(join(into, name))) await put(set.target, file, name);
  }
  const keyFile = keyFileIn(into);
  await mkdir(dirname(keyFile), { recursive: true, mode: 0o700 });
  if (!existsSync(keyFile)) await writeFile(keyFile, `${key.bytes.toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  return { bytes, setAside };
}

/**
 * Rebuilds an installation from a backup, up to a moment when one is given, and starts its database (H-11.1-g-2,
 * I-5.3.3-d-1, I-5.3.3-d-2). Every byte is checked before anything is touched. Throws `BackupDamaged`,
 * `BackupKeyMissing`, `RestoreTargetBusy` while a platform runs there, and `RestoreFailed`.
 */
export async function restoreSet(options: RestoreOptions): Promise<Restored> {
  const { set, key, into, until, clock, say = () => {} } = options;
  const began = performance.now();
  if (set.manifest.key !== key.fingerprint) throw new BackupKeyMissing({ fingerprint: set.manifest.key });
  const keeper = keeperOf(baseOf(into));
  if (keeper !== undefined) throw new RestoreTargetBusy({ folder: into, pid: keeper });
  const { damaged, files } = await verifySet(set, key.bytes);
  if (damaged.length > 0) throw new BackupDamaged({ path: damaged[0], damaged });
  say(`checked ${files} files of ${set.manifest.id}`);

  await mkdir(into, { recursive: true });
  const aside = `before-restore-${setId(clock.now())}`;
  const beside = await restoreFiles(options, aside);
  const part = set.manifest.database;
  const database = part ? await restoreDatabase(options, part, aside) : undefined;
  say('files are in place; the database reads back its log');
  const server = part ? await recover(databaseFolder(into), part.system, until, say) : undefined;
  return {
    server,
    bytes: beside.bytes + (database?.bytes ?? 0),
    seconds: (performance.now() - began) / 1000,
    setAside: beside.setAside || database?.setAside ? aside : undefined,
  };
}
