import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

interface Life {
  state: string;
  /** Differs between two processes that had the same number one after the other. */
  birth: string;
}

/** Whether a process of this number runs; a dead one that nobody has collected yet does not count. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (cause) {
    if (!(cause instanceof Error) || !('code' in cause) || cause.code !== 'EPERM') return false;
  }
  return !lifeOf(pid).state.startsWith('Z');
}

/** Whether nothing bears this number, not even a dead process that waits to be collected. */
export function isFree(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (cause) {
    return !(cause instanceof Error && 'code' in cause && cause.code === 'EPERM');
  }
}

/** What tells this process from a later one with the same number; empty where the system does not say. */
export function birthOf(pid: number): string {
  return lifeOf(pid).birth;
}

/** Whether the process is a PostgreSQL program working in this folder: every process of a server has its data as cwd. */
export function worksIn(pid: number, folder: string): boolean {
  if (process.platform === 'linux') {
    return textOf(() => readlinkSync(`/proc/${pid}/cwd`)) === folder && nameOf(pid) === 'postgres';
  }
  if (process.platform === 'win32') return true;
  const command = textOf(() => execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }));
  return command.includes('postgres') && command.includes(folder);
}

/** Server processes still working in the folder, seen on Linux only; elsewhere none are known. */
export function workersIn(folder: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => worksIn(pid, folder));
}

/** Waits until `done` holds, looking every few milliseconds; false when `ms` have passed without it. */
export async function waitUntil(done: () => boolean, ms: number): Promise<boolean> {
  const end = performance.now() + ms;
  for (let pause = 2; !done(); pause = Math.min(pause * 1.5, 50)) {
    if (performance.now() > end) return false;
    await sleep(pause);
  }
  return true;
}

function lifeOf(pid: number): Life {
  if (process.platform === 'win32') return { state: '', birth: '' };
  if (process.platform !== 'linux') {
    const line = textOf(() => execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }));
    const [state = '', ...birth] = line.trim().split(/\s+/);
    return { state, birth: birth.join(' ') };
  }
  const stat = textOf(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const boot = textOf(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
  return { state: fields[0] ?? '', birth: stat === '' ? '' : `${boot}/${fields[19]}` };
}

function nameOf(pid: number): string {
  return textOf(() => readFileSync(`/proc/${pid}/comm`, 'utf8')).trim();
}

/** A process may end, or belong to someone else, while it is looked at: then there is nothing to read. */
function textOf(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
