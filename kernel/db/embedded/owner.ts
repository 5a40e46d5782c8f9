import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseBusy } from './problems.ts';
import { birthOf, isAlive } from './processes.ts';

interface Owner {
  pid: number;
  birth: string;
  token: string;
}

export interface Ownership {
  /** False when somebody else took the folder over in the meantime. */
  holds(): boolean;
  release(): void;
}

/**
 * Makes this process the only keeper of the server in `base`; throws `DatabaseBusy` while another one lives. A keeper
 * that was killed leaves its file behind, which is recognised by process number and birth together.
 */
export function own(base: string): Ownership {
  const path = join(base, 'owner.json');
  const mine: Owner = { pid: process.pid, birth: birthOf(process.pid), token: randomBytes(8).toString('hex') };
  const draft = join(base, `owner.${mine.token}`);
  writeFileSync(draft, JSON.stringify(mine), { mode: 0o600 });
  try {
    for (let turn = 0; !linked(draft, path); turn++) {
      const found = read(path);
      if (turn > 8 || (found !== undefined && lives(found))) {
        throw new DatabaseBusy({ dataDir: base, pid: found?.pid });
      }
      setAside(path, `${draft}.old`, found);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  const holds = () => read(path)?.token === mine.token;
  return {
    holds,
    release: () => {
      if (holds()) rmSync(path, { force: true });
    },
  };
}

/** Only one of two processes can link its draft to the name: this is the lock. */
function linked(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false;
    throw cause;
  }
}

/** Takes a dead keeper's file away; if a new keeper's file was caught instead, it goes back. */
function setAside(path: string, aside: string, dead: Owner | undefined): void {
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const caught = read(aside);
  if (caught?.token !== dead?.token) linked(aside, path);
  rmSync(aside, { force: true });
}

function lives(owner: Owner): boolean {
  return isAlive(owner.pid) && birthOf(owner.pid) === owner.birth;
}

function read(path: string): Owner | undefined {
  try {
    const found: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof found !== 'object' || found === null) return undefined;
    const { pid, birth, token } = found as Partial<Owner>;
    return typeof pid === 'number' && typeof birth === 'string' && typeof token === 'string'
      ? { pid, birth, token }
      : undefined;
  } catch {
    return undefined;
  }
}
