import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { give } from './account.ts';
import { reasonIn } from './log.ts';
import type { Place } from './place.ts';
import { DatabaseStartFailed, DatabaseVersionDiffers } from './problems.ts';
import { type Programs, programPath } from './programs.ts';

/** The superuser that owns every database of an embedded server. */
export const ownerRole = 'keystead_owner';

/** Nothing of our own environment reaches the server: a stray PGPORT or LC_ALL must not change it. */
export const environment = { TZ: 'UTC', LC_ALL: 'C' };

export function hasCluster(place: Place): boolean {
  return existsSync(join(place.cluster, 'PG_VERSION'));
}

/** Throws `DatabaseVersionDiffers` when another major version wrote the data; minor versions share their files. */
export function checkVersion(place: Place, programs: Programs): void {
  const found = readFileSync(join(place.cluster, 'PG_VERSION'), 'utf8').trim();
  if (found === String(programs.major)) return;
  const advice = `dump with PostgreSQL ${found} and load with ${programs.major}, or install the version that fits`;
  throw new DatabaseVersionDiffers({ found, expected: String(programs.major), dataDir: place.base, advice });
}

/**
 * Makes the data folder: UTF-8, code point order and Unicode case rules that no operating system upgrade changes, page
 * checksums. It takes its name only when complete, so an interrupted start leaves nothing half made.
 */
export async function createCluster(place: Place, programs: Programs, durable: boolean): Promise<void> {
  const draft = `${place.cluster}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  const password = join(place.run, 'password');
  writeFileSync(password, `${newPassword(place)}\n`, { mode: 0o600 });
  give(draft, place.account);
  give(password, place.account);
  const { code, output } = await run(place, programPath(programs, 'initdb'), [
    `--pgdata=${draft}`,
    `--username=${ownerRole}`,
    `--pwfile=${password}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ]);
  rmSync(password, { force: true });
  if (code !== 0) {
    rmSync(draft, { recursive: true, force: true });
    const log = output.trim().split('\n').slice(-20);
    throw new DatabaseStartFailed({ step: 'initdb', reason: reasonIn(log), log });
  }
  renameSync(draft, place.cluster);
}

/** The superuser's password, or undefined when its file was lost. */
export function readPassword(place: Place): string | undefined {
  const found = existsSync(place.password) ? readFileSync(place.password, 'utf8').trim() : '';
  return found === '' ? undefined : found;
}

/** Sets a new superuser password on a stopped server, through its single-user mode. */
export async function renewPassword(place: Place, programs: Programs): Promise<string> {
  const password = newPassword(place);
  const command = `alter role ${ownerRole} password '${password}'\n`;
  const postgres = programPath(programs, 'postgres');
  const { code, output } = await run(place, postgres, ['--single', '-D', place.cluster, 'postgres'], command);
  if (code === 0 && !output.includes('ERROR')) return password;
  rmSync(place.password, { force: true });
  throw new DatabaseStartFailed({ step: 'password', reason: reasonIn(output.trim().split('\n')) });
}

function newPassword(place: Place): string {
  const password = randomBytes(24).toString('hex');
  writeFileSync(place.password, `${password}\n`, { mode: 0o600 });
  chmodSync(place.password, 0o600);
  return password;
}

interface Outcome {
  code: number;
  output: string;
}

async function run(place: Place, program: string, args: string[], input = ''): Promise<Outcome> {
  const child = spawn(program, args, {
    ...(place.account && { uid: place.account.uid, gid: place.account.gid }),
    cwd: place.run,
    env: environment,
    windowsHide: true,
  });
  // A program that ends before it has read its input says why by its own output and code.
  child.stdin.on('error', () => {}).end(input);
  try {
    const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    return { code: Number(code ?? -1), output: `${out}${err}` };
  } catch (cause) {
    return { code: -1, output: String(cause) };
  }
}
