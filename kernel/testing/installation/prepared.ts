import { constants, cpSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { findMigrations, migrate } from '@keystead/kernel/db';
import { startServer } from '@keystead/kernel/db/embedded';
import { discard, newFolder } from './folder.ts';
import { runFolder } from './run-folder.ts';

/** Names the prepared database's folder to those who start installations here and in processes started from now on. */
const variable = 'PREPARED_DATABASE';
const sourceRoot = new URL('../../..', import.meta.url).pathname;

/** What was written ahead is of no use to a copy, so little of it is kept. */
const making = { fsync: 'off', wal_recycle: 'off', wal_init_zero: 'off' };
/** Address, keeper and log are those of one server; the rest is copied. */
const ofOne = new Set(['owner.json', 'port', 'postgres.log', 'run']);

/**
 * Makes a database with every table and nothing of anybody's in them, stopped cleanly. Installations of this process,
 * and of those it starts from now on, begin with a copy of it. The answer removes it, and what is left of them.
 */
export async function prepareDatabase(): Promise<() => void> {
  const run = runFolder();
  const dataDir = join(run, 'prepared', 'postgres');
  const remove = () => {
    delete process.env[variable];
    discard(join(run, 'prepared'));
    discard(run);
  };
  try {
    const server = await startServer({ dataDir, settings: making });
    try {
      await migrate(server.url, findMigrations(sourceRoot), new Date());
    } finally {
      await server.stop();
    }
    // Where its account cannot come here, a database lives elsewhere, and so would every copy: they begin from nothing.
    if (server.baseDir === dataDir) process.env[variable] = dataDir;
    return remove;
  } catch (cause) {
    remove();
    throw cause;
  }
}

/** A new data folder with a copy of the prepared database, or undefined where none is prepared. */
export function preparedFolder(): string | undefined {
  const prepared = process.env[variable];
  if (!prepared) return undefined;
  const folder = newFolder(dirname(dirname(prepared)));
  cpSync(prepared, join(folder, 'postgres'), {
    recursive: true,
    verbatimSymlinks: true,
    mode: constants.COPYFILE_FICLONE,
    filter: (from) => dirname(from) !== prepared || !ofOne.has(basename(from)),
  });
  return folder;
}
