import { existsSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { newFolder } from './folder.ts';

const memory = '/dev/shm';
/** Bytes free in its file system and in the memory itself; the databases of a run stay far below. */
const room = 4 * 2 ** 30;
const prefix = 'keystead-tests-';

/** Whether files can be held in memory: Linux with room to spare, and programs may be run from there. */
function isRoomy(): boolean {
  if (process.platform !== 'linux' || !existsSync(memory)) return false;
  const [, , kind, options = ''] =
    readFileSync('/proc/self/mounts', 'utf8')
      .split('\n')
      .map((line) => line.split(' '))
      .findLast(([, place]) => place === memory) ?? [];
  if (kind !== 'tmpfs' || options.split(',').some((option) => option === 'noexec' || option === 'ro')) return false;
  const { bavail, bsize } = statfsSync(memory);
  return Math.min(bavail * bsize, process.availableMemory()) >= room;
}

/** What runs left there that were killed would fill the memory for ever. */
function clear(): void {
  for (const name of readdirSync(memory)) {
    const pid = name.startsWith(prefix) && name.slice(prefix.length).split('-')[0];
    if (pid && !existsSync(`/proc/${pid}`)) rmSync(join(memory, name), { recursive: true, force: true });
  }
}

/**
 * A folder for the databases of one run of tests: in memory where there is room, for a database is some two thousand
 * files, else among the temporary ones. Who makes it removes it.
 */
export function runFolder(): string {
  if (!isRoomy()) return newFolder(undefined, `${prefix}${process.pid}-`);
  clear();
  return newFolder(memory, `${prefix}${process.pid}-`);
}
