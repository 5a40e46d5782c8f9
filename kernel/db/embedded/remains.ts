import { realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { type Address, ownerUrl } from './address.ts';
import { type PidFile, readPidFile } from './pidfile.ts';
import type { Place } from './place.ts';
import { end } from './postmaster.ts';
import { isAlive, isFree, waitUntil, workersIn, worksIn } from './processes.ts';
import type { Programs } from './programs.ts';

const recoveryMs = 10 * 60_000;
const orphanMs = 5_000;
const collectedMs = 3_000;

/** A server that an earlier process of ours left running. */
export interface Found {
  pid: number;
  address: Address;
}

/** What a found server must be like to be kept. */
export interface Wanted {
  password: string | undefined;
  port: number | undefined;
  sameSettings: boolean;
}

/**
 * Looks after what an earlier process left in the data folder when it was killed. A running server with these data is
 * adopted when it is as wanted and answers, else ended. Processes of a server whose head was killed are ended. The
 * file of a dead server stays: PostgreSQL itself then checks that its shared memory is free. A file whose number now
 * belongs to a stranger is removed, and the stranger left alone.
 */
export async function findRemains(place: Place, programs: Programs, wanted: Wanted): Promise<Found | undefined> {
  const file = readPidFile(place.cluster);
  const folder = realpathSync(place.cluster);
  if (file !== undefined && isAlive(file.pid) && worksIn(file.pid, folder)) {
    if (await fits(place, programs, wanted, file)) {
      return { pid: file.pid, address: { port: file.port, socketDir: file.socketDir } };
    }
    if (isAlive(file.pid)) await end(file.pid, programs);
    return undefined;
  }
  await endOrphans(folder);
  if (file === undefined) return undefined;
  // A dead process that its parent has not collected still counts as alive for PostgreSQL, which would refuse to start.
  const gone = !isAlive(file.pid) && (await waitUntil(() => isFree(file.pid), collectedMs));
  if (!gone) rmSync(join(place.cluster, 'postmaster.pid'), { force: true });
  return undefined;
}

async function fits(place: Place, programs: Programs, wanted: Wanted, first: PidFile): Promise<boolean> {
  if (!wanted.sameSettings || wanted.password === undefined) return false;
  let file: PidFile | undefined = first;
  await waitUntil(() => {
    file = readPidFile(place.cluster);
    return file === undefined || file.status === 'ready' || !isAlive(first.pid);
  }, recoveryMs);
  if (file?.pid !== first.pid || file.status !== 'ready' || !isAlive(first.pid)) return false;
  if (wanted.port !== undefined && wanted.port !== file.port) return false;
  return answers(file, wanted.password, programs, realpathSync(place.cluster));
}

async function answers(file: PidFile, password: string, programs: Programs, folder: string): Promise<boolean> {
  const connectionString = ownerUrl({ port: file.port, socketDir: undefined }, password);
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000, query_timeout: 5_000 });
  // A connection that breaks later must not end the process; the query below reports it.
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string; folder: string }>(
      "select current_setting('server_version') as version, current_setting('data_directory') as folder",
    );
    const [row] = rows;
    return row?.version === programs.version && realpathSync(row.folder) === folder;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/** They end by themselves when they notice that their head is gone; one in a long step is told to. */
async function endOrphans(folder: string): Promise<void> {
  if (await waitUntil(() => workersIn(folder).length === 0, orphanMs)) return;
  for (const pid of workersIn(folder)) process.kill(pid, 'SIGKILL');
  await waitUntil(() => workersIn(folder).length === 0, orphanMs);
}
