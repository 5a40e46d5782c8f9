import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Address } from './address.ts';
import { environment } from './cluster.ts';
import { logSize, reasonIn, tailOf } from './log.ts';
import { readPidFile } from './pidfile.ts';
import type { Place } from './place.ts';
import { DatabaseStartFailed } from './problems.ts';
import { isAlive, waitUntil } from './processes.ts';
import { type Programs, programPath } from './programs.ts';

/** Reading back the log of a big database after a power cut takes minutes, and must not be cut short. */
const longestStartMs = 10 * 60_000;
const stillStartingMs = 5_000;
const stopSteps = [
  ['SIGINT', 30_000],
  ['SIGQUIT', 10_000],
  ['SIGKILL', 10_000],
] as const;

/**
 * Starts the server and waits until it takes connections. It gets a session of its own, so that Ctrl-C reaches only
 * us and we stop it last. Throws `DatabaseStartFailed` with the server's own last complaint.
 */
export async function launch(
  place: Place,
  programs: Programs,
  address: Address,
  say: (line: string) => void,
): Promise<ChildProcess & { pid: number }> {
  const before = logSize(place.log);
  const child = spawned(place, programs, address);
  let failure: string | undefined;
  child.once('error', (cause) => {
    failure = String(cause);
  });
  const ended = () => failure !== undefined || child.exitCode !== null || child.signalCode !== null;
  const begun = performance.now();
  while (!(await waitUntil(() => ended() || isReady(place, child.pid), stillStartingMs))) {
    const seconds = Math.round((performance.now() - begun) / 1000);
    say(`the database is still starting after ${seconds} s: ${reasonIn(tailOf(place.log, before))}`);
    if (seconds * 1000 < longestStartMs) continue;
    if (child.pid !== undefined) await end(child.pid, programs);
    failure = 'no end of the start in sight';
  }
  if (!ended() && child.pid !== undefined) return Object.assign(child, { pid: child.pid });
  const log = tailOf(place.log, before);
  throw new DatabaseStartFailed({ step: 'start', reason: failure ?? reasonIn(log), log });
}

/** Fast shutdown first (sessions are ended, a checkpoint written), then the ways that need recovery. */
export async function end(pid: number, programs: Programs): Promise<void> {
  for (const [signal, ms] of stopSteps) {
    send(pid, signal, programs);
    if (await waitUntil(() => !isAlive(pid), ms)) return;
  }
  throw new DatabaseStartFailed({ step: 'stop', reason: `process ${pid} does not end` });
}

function spawned(place: Place, programs: Programs, address: Address): ChildProcess {
  const folders = address.socketDir === undefined ? '' : `"${address.socketDir.replaceAll('"', '""')}"`;
  const settings = {
    listen_addresses: '127.0.0.1',
    port: address.port,
    unix_socket_directories: folders,
    unix_socket_permissions: '0700',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openSync(place.log, 'a', 0o600);
  try {
    const child = spawn(programPath(programs, 'postgres'), ['-D', place.cluster, ...args], {
      ...(place.account && { uid: place.account.uid, gid: place.account.gid }),
      cwd: place.run,
      env: environment,
      stdio: ['ignore', log, log],
      detached: true,
      windowsHide: true,
    });
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

function isReady(place: Place, pid: number | undefined): boolean {
  const file = readPidFile(place.cluster);
  return file !== undefined && file.pid === pid && file.status === 'ready';
}

function send(pid: number, signal: (typeof stopSteps)[number][0], programs: Programs): void {
  try {
    if (process.platform !== 'win32') process.kill(pid, signal);
    else execFileSync(programPath(programs, 'pg_ctl'), ['kill', signal.slice(3), String(pid)]);
  } catch (cause) {
    if (isAlive(pid)) throw cause;
  }
}
