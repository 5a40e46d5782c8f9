import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BackupDamaged, BackupMissing, RestorePointOutside } from './problems.ts';
import { type Stored, writeWhole } from './stored.ts';

/** One full backup with the increments that followed it. */
export interface Manifest {
  format: 1;
  /** Also the name of its folder: `20260601T010000Z`. */
  id: string;
  /** ISO time at which it was begun. */
  madeAt: string;
  madeBy: { keystead: string; node: string };
  /** Fingerprint of the backup key that opens it. */
  key: string;
  /** Absent when the database is an external one with a backup of its own. */
  database?: DatabasePart;
  /** Keys, certificates, anchors and other files of the platform, as they were last. */
  files: Stored[];
  /** Stored records; they lie in `objects/` beside the backups and are shared by them. */
  objects?: { list: Stored; count: number; bytes: number };
}

export interface DatabasePart {
  /** PostgreSQL's own name for this cluster. */
  system: string;
  version: string;
  timeline: number;
  segmentBytes: number;
  startLsn: string;
  stopLsn: string;
  /** ISO time of its end: the earliest moment that it can be restored to. */
  from: string;
  /** ISO time up to which the log is here: the latest such moment. */
  to: string;
  /** `base.tar`, and one archive for each tablespace. */
  archives: Stored[];
  /** Log files in order. */
  log: (Stored & { segment: string })[];
  seconds: number;
}

const manifestName = 'manifest.json';
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

export const setId = (at: Date): string => at.toISOString().replace(/[-:]|\.\d+/g, '');

export async function writeManifest(target: string, manifest: Manifest): Promise<void> {
  const text = JSON.stringify(manifest);
  await writeWhole(join(target, manifest.id, manifestName), JSON.stringify({ sha256: digest(text), manifest: text }));
}

/** Throws `BackupMissing` when there is none, `BackupDamaged` when it is not what was written. */
export function readManifest(folder: string): Manifest {
  const file = join(folder, manifestName);
  if (!existsSync(file)) throw new BackupMissing({ folder });
  try {
    const { sha256, manifest } = JSON.parse(readFileSync(file, 'utf8')) as { sha256: string; manifest: string };
    if (digest(manifest) !== sha256) throw new Error('its bytes are not what was written');
    return JSON.parse(manifest) as Manifest;
  } catch (cause) {
    throw new BackupDamaged({ path: file, reason: cause instanceof Error ? cause.message : String(cause) });
  }
}

/** Folders of whole backups in a target, oldest first; one that was interrupted has no manifest and does not count. */
export function listSets(target: string): string[] {
  if (!existsSync(target)) return [];
  return readdirSync(target)
    .filter((name) => /^\d{8}T\d{6}Z$/.test(name) && existsSync(join(target, name, manifestName)))
    .sort();
}

export interface Found {
  target: string;
  manifest: Manifest;
}

/** A backup set, or the sets of a target folder. */
export function findSets(from: string): Found[] {
  if (existsSync(join(from, manifestName)) && statSync(from).isDirectory())
    return [{ target: join(from, '..'), manifest: readManifest(from) }];
  return listSets(from).map((id) => ({ target: from, manifest: readManifest(join(from, id)) }));
}

/**
 * The set to restore from: the newest one, or the newest that ended before `until`. Throws `BackupMissing`, and
 * `RestorePointOutside` for a time before the first end or after the last increment.
 */
export function chooseSet(sets: readonly Found[], until?: Date): Found {
  const newest = sets.at(-1);
  if (!newest) throw new BackupMissing({});
  if (!until) return newest;
  const holding = sets.filter(({ manifest: { database } }) => database && new Date(database.from) <= until);
  const chosen = holding.findLast(({ manifest: { database } }) => database && until <= new Date(database.to));
  if (chosen) return chosen;
  const first = sets.find(({ manifest }) => manifest.database)?.manifest.database?.from;
  const last = sets.findLast(({ manifest }) => manifest.database)?.manifest.database?.to;
  throw new RestorePointOutside({ until: until.toISOString(), from: first, to: last });
}

/** Each increment stores what lies beside the database anew, in a folder `beside-<time>` of the set. */
export const besidePrefix = 'beside-';

/** Removes what an older manifest named and this one does not. */
export async function dropEarlier(target: string, manifest: Manifest): Promise<void> {
  const folder = join(target, manifest.id);
  const used = new Set(filesOf(manifest).map(({ path }) => path.split('/')[0]));
  for (const name of readdirSync(folder))
    if (name.startsWith(besidePrefix) && !used.has(name))
      await rm(join(folder, name), { recursive: true, force: true });
}

/** All stored files of a set, below the set's folder. */
export const filesOf = (manifest: Manifest): Stored[] => [
  ...(manifest.database ? [...manifest.database.archives, ...manifest.database.log] : []),
  ...manifest.files,
  ...(manifest.objects ? [manifest.objects.list] : []),
];
