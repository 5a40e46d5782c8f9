import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Clock } from '@keystead/kernel/base';
import pg from 'pg';
import type { BackupKey } from './backup-key.ts';
import { takeBase } from './base-backup.ts';
import type { Installation } from './installation.ts';
import * as log from './log-files.ts';
import {
  besidePrefix,
  type DatabasePart,
  dropEarlier,
  type Manifest,
  readManifest,
  setId,
  writeManifest,
} from './manifest.ts';
import { storeObjects } from './objects.ts';
import { storePlatformFiles } from './platform-files.ts';
import { LogGap } from './problems.ts';
import { type Stored, store } from './stored.ts';

export interface BackupJob {
  installation: Installation;
  /** Folder that holds the backups. */
  target: string;
  key: BackupKey;
  clock: Clock;
  /** Version of the platform, for the record. */
  version: string;
  /** True for the installation's regular target: the server then keeps the log until an increment has it. */
  regular: boolean;
  progress?: (done: number, total: number) => void;
}

async function connected<T>(url: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {}); // The query in progress is told of it.
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end().catch(() => {});
  }
}

async function takeDatabase(job: BackupJob, url: string, folder: string): Promise<DatabasePart> {
  const began = performance.now();
  const facts = await connected(url, async (client) => {
    if (job.regular) await log.ensureSlot(client);
    return log.serverFacts(client);
  });
  const archives: Stored[] = [];
  let total = 0;
  let done = 0;
  const base = await takeBase(url, {
    onSize: (bytes) => {
      total = bytes;
    },
    onArchive: async (name, content) => {
      archives.push(
        await store(folder, `database/${name}`, job.key.bytes, content, (bytes) => {
          done += bytes;
          job.progress?.(done, Math.max(done, total));
        }),
      );
    },
  });
  const from = job.clock.now().toISOString();
  const seconds = (performance.now() - began) / 1000;
  return { ...facts, ...base, from, to: from, archives, log: [], seconds };
}

async function storeSegments(job: BackupJob, url: string, set: Manifest, part: DatabasePart): Promise<DatabasePart> {
  const folder = join(job.target, set.id);
  return connected(url, async (client) => {
    const to = job.clock.now().toISOString();
    const added: DatabasePart['log'] = [];
    for (const segment of await log.missingSegments(client, part)) {
      const content = Readable.from([await log.readSegment(client, segment)], { objectMode: false });
      added.push({ ...(await store(folder, `log/${segment}`, job.key.bytes, content)), segment });
    }
    return { ...part, to, log: [...part.log, ...added] };
  });
}

/** A name by its second that nothing has yet. */
function freeName(folder: string, prefix: string, at: Date): string {
  const name = `${prefix}${setId(at)}`;
  return existsSync(join(folder, name)) ? freeName(folder, prefix, new Date(at.getTime() + 1000)) : name;
}

/** Everything beside the database, as it is now, in a folder of its own: what the manifest names stays whole until it names this. */
async function beside(job: BackupJob, id: string): Promise<Pick<Manifest, 'files' | 'objects'>> {
  const { installation, target, key } = job;
  const folder = join(target, id);
  const part = freeName(folder, besidePrefix, job.clock.now());
  return {
    files: await storePlatformFiles(installation, folder, part, key.bytes),
    objects: await storeObjects(installation.dataDir, target, { set: id, part }, key),
  };
}

/** What the last log file allows the server to forget; only for the set that its slot follows. */
async function release(job: BackupJob, part: DatabasePart | undefined): Promise<void> {
  const last = part?.log.at(-1);
  const { url } = job.installation;
  if (!job.regular || !last || !url || !part) return;
  await connected(url, (client) => log.advanceSlot(client, last.segment, part.segmentBytes));
}

/**
 * Adds to a backup what happened since (I-5.3.3-b-2): whole log files, new records, keys and anchors as they are now.
 * Throws `LogGap` when the log is no longer there: then only a full backup helps.
 */
export async function takeIncrement(job: BackupJob, id: string, { releasing = true } = {}): Promise<Manifest> {
  const { url } = job.installation;
  const before = readManifest(join(job.target, id));
  if (before.key !== job.key.fingerprint) throw new LogGap({ reason: 'the backup key was changed' });
  const database = before.database && url ? await storeSegments(job, url, before, before.database) : before.database;
  // Records are copied after the log: whatever the log refers to is then among them.
  const after = { ...before, ...(await beside(job, id)), ...(database ? { database } : {}) };
  await writeManifest(job.target, after);
  await dropEarlier(job.target, after);
  if (releasing) await release(job, database);
  return after;
}

/**
 * A full backup while the platform works (H-8.4-b-4). The set before it is carried on to this one's end, so that no moment in between
 * is lost to a restore.
 */
export async function takeFull(job: BackupJob, previous?: string): Promise<Manifest> {
  const madeAt = job.clock.now();
  const id = freeName(job.target, '', madeAt);
  const { url } = job.installation;
  const before = previous === undefined ? undefined : readManifest(join(job.target, previous));
  const database = url ? await takeDatabase(job, url, join(job.target, id)) : undefined;
  const manifest: Manifest = {
    format: 1,
    id,
    madeAt: madeAt.toISOString(),
    madeBy: { keystead: job.version, node: process.version },
    key: job.key.fingerprint,
    ...(database ? { database } : {}),
    ...(await beside(job, id)),
  };
  await writeManifest(job.target, manifest);
  if (!database) return manifest;
  if (before?.database) await carryOn(job, before.id);
  return takeIncrement(job, id);
}

async function carryOn(job: BackupJob, id: string): Promise<void> {
  try {
    await takeIncrement(job, id, { releasing: false });
  } catch (cause) {
    // The set before may have a gap: that is a reason for the full backup that was just taken.
    if (!(cause instanceof LogGap)) throw cause;
  }
}
