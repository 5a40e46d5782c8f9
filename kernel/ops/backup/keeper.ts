import { join } from 'node:path';
import type { Clock } from '@keystead/kernel/base';
import pg from 'pg';
import { ensureBackupKey } from './backup-key.ts';
import { copyTo, sweep } from './copies.ts';
import type { Installation } from './installation.ts';
import { waitingBytes } from './log-files.ts';
import { listSets, type Manifest, readManifest } from './manifest.ts';
import { BackupDamaged, LogGap } from './problems.ts';
import { dueNow, expired, type Rhythm, readRhythm } from './rhythm.ts';
import { type BackupJob, takeFull, takeIncrement } from './take.ts';

const lock = 7_020_150; // any constant: one backup of an installation at a time

/** Runs while nobody else backs this database up; undefined when somebody does. */
export async function alone<T>(url: string | undefined, run: () => Promise<T>): Promise<T | undefined> {
  if (url === undefined) return run();
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {}); // The lock ends with its connection.
  await client.connect();
  try {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [lock]);
    return rows[0]?.mine ? await run() : undefined;
  } finally {
    await client.end().catch(() => {});
  }
}

export interface Keeper {
  installation: Installation;
  clock: Clock;
  version: string;
  /** Since when this process works. */
  since: Date;
}

export const regularTarget = (dataDir: string, rhythm: Rhythm): string => rhythm.to ?? join(dataDir, 'backups');

/** The newest backup of a target; a damaged one does not count. */
export function newestSet(target: string): Manifest | undefined {
  const id = listSets(target).at(-1);
  try {
    return id === undefined ? undefined : readManifest(join(target, id));
  } catch (cause) {
    if (cause instanceof BackupDamaged) return undefined;
    throw cause;
  }
}

async function waiting(url: string | undefined): Promise<number> {
  if (url === undefined) return 0;
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return await waitingBytes(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** An increment, or a full backup when the log has a gap. */
async function carryOn(job: BackupJob, newest: Manifest): Promise<Manifest> {
  try {
    return await takeIncrement(job, newest.id);
  } catch (cause) {
    if (!(cause instanceof LogGap)) throw cause;
    return takeFull(job);
  }
}

/**
 * Does what is due by the rhythm: full backup or increment, then the second copy, then what is too old goes. Called
 * every few minutes; returns what it did, undefined when nothing was due or somebody else is at it.
 */
export async function keepBackups(keeper: Keeper): Promise<'full' | 'increment' | undefined> {
  const { installation, clock, version, since } = keeper;
  const rhythm = readRhythm(installation.dataDir);
  const target = regularTarget(installation.dataDir, rhythm);
  const newest = newestSet(target);
  const wanted = dueNow({ newest, waitingBytes: await waiting(installation.url), since }, rhythm, clock.now());
  if (!wanted) return undefined;
  return alone(installation.url, async () => {
    const key = ensureBackupKey(installation.dataDir);
    const job: BackupJob = { installation, target, key, clock, version, regular: true };
    if (wanted === 'full' || !newest) await takeFull(job, newest?.id);
    else await carryOn(job, newest);
    const made = listSets(target).map((id) => ({ id, madeAt: readManifest(join(target, id)).madeAt }));
    const gone = expired(made, rhythm.keepDays, clock.now());
    await sweep(target, gone, key);
    if (rhythm.copyTo) {
      await copyTo(target, rhythm.copyTo, key);
      await sweep(rhythm.copyTo, gone, key);
    }
    return wanted;
  });
}
