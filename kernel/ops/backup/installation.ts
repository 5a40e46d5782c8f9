import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { startServer } from '@keystead/kernel/db/embedded';
import pg from 'pg';

/** What is backed up: a data folder, and its database when that is the embedded one. */
export interface Installation {
  dataDir: string;
  /** Owner's address of the embedded server; absent with an external database. */
  url?: string;
  /** Folder of the embedded server. */
  baseDir?: string;
}

export const databaseFolder = (dataDir: string): string => join(dataDir, 'postgres');

/** Where the embedded server of a data folder really lives (its account may not reach the folder itself). */
export function baseOf(dataDir: string): string {
  const folder = databaseFolder(dataDir);
  const note = join(folder, 'database-is-at.txt');
  return existsSync(note) ? readFileSync(note, 'utf8').trim() : folder;
}

/** The owner's address as the last start left it, or undefined when there was none. */
function lastAddress(base: string): string | undefined {
  const [password, port] = ['owner-password', 'port'].map((name) => join(base, name));
  if (!password || !port || !existsSync(password) || !existsSync(port)) return undefined;
  const url = new URL(`postgresql://127.0.0.1:${readFileSync(port, 'utf8').trim()}/postgres`);
  url.username = 'keystead_owner';
  url.password = readFileSync(password, 'utf8').trim();
  return url.href;
}

async function answers(url: string, base: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ folder: string }>("select current_setting('data_directory') as folder");
    return rows[0] !== undefined && realpathSync(rows[0].folder) === realpathSync(join(base, 'cluster'));
  } catch {
    return false; // Not running: it is started for the time of the backup.
  } finally {
    await client.end().catch(() => {});
  }
}

/**
 * The installation of a data folder: its database as it runs, or started for as long as this takes. Throws what
 * `startServer` throws.
 */
export async function openInstallation(
  dataDir: string,
  say: (line: string) => void = () => {},
): Promise<Installation & { close(): Promise<void> }> {
  const baseDir = baseOf(dataDir);
  const running = lastAddress(baseDir);
  if (running && (await answers(running, baseDir))) return { dataDir, url: running, baseDir, close: async () => {} };
  say('the platform is not running: its database is started for the backup');
  const server = await startServer({ dataDir: databaseFolder(dataDir), log: say });
  return { dataDir, url: server.tcpUrl, baseDir: server.baseDir, close: () => server.stop() };
}
