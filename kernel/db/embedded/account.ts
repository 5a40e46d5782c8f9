import { spawnSync } from 'node:child_process';
import { lchownSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DataDirUnreachable } from './problems.ts';

/** Who runs the server when we are root, whom PostgreSQL refuses. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

const preferred = ['keystead', 'postgres', 'nobody'];

/**
 * The account for a server with these data: undefined (ourselves) unless we are root; then whoever owns the data
 * already, else the first unprivileged account that the system knows of.
 */
export function databaseAccount(cluster: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readAccounts(readFileSync('/etc/passwd', 'utf8'));
  const owner = statSync(cluster, { throwIfNoEntry: false });
  if (owner !== undefined && owner.uid !== 0) {
    const name = accounts.find((one) => one.uid === owner.uid)?.name ?? String(owner.uid);
    return { name, uid: owner.uid, gid: owner.gid };
  }
  for (const name of preferred) {
    const found = accounts.find((one) => one.name === name && one.uid > 0);
    if (found !== undefined) return found;
  }
  throw new DataDirUnreachable({
    dataDir: cluster,
    advice: 'PostgreSQL refuses root: start as an ordinary user, or add one (useradd --system keystead)',
  });
}

export function readAccounts(passwd: string): Account[] {
  return passwd
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4 && /^\d+$/.test(fields[2] ?? '') && /^\d+$/.test(fields[3] ?? ''))
    .map((fields) => ({ name: fields[0] ?? '', uid: Number(fields[2]), gid: Number(fields[3]) }));
}

/** Whether the account can enter these folders and read these files. Asks the system itself, so that modes, groups and access lists all count. */
export function mayRead(account: Account | undefined, ...paths: string[]): boolean {
  if (account === undefined) return true;
  const script = 'for path; do if test -d "$path"; then test -x "$path"; else test -r "$path"; fi || exit 1; done';
  const { uid, gid } = account;
  return spawnSync('/bin/sh', ['-c', script, 'sh', ...paths], { uid, gid, cwd: '/' }).status === 0;
}

/** Gives a file, or a folder and all in it, to the account when it is not the account's already. */
export function give(path: string, account: Account | undefined): void {
  if (account === undefined) return;
  const found = lstatSync(path);
  if (found.uid === account.uid) return;
  if (found.isDirectory()) for (const name of readdirSync(path)) give(join(path, name), account);
  lchownSync(path, account.uid, account.gid);
}
