import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Account, databaseAccount, give, mayRead } from './account.ts';
import { DataDirUnreachable } from './problems.ts';

/** Where one server lives. All but `cluster` and `run` belongs to us and is closed to the server's account. */
export interface Place {
  base: string;
  /** PostgreSQL's own data folder. */
  cluster: string;
  /** The unix socket, and files for the server's account. */
  run: string;
  log: string;
  password: string;
  port: string;
  account: Account | undefined;
}

const elsewhereName = 'database-is-at.txt';

/**
 * Makes the folders. As root with a folder that no other account can reach (root's own home has mode 700), the
 * database goes to `/var/lib/keystead/…`, and a file in the data folder says so; it then stays there. Throws
 * `DataDirUnreachable` when that is closed too.
 */
export function placeOf(dataDir: string, say: (line: string) => void): Place {
  const wanted = resolve(dataDir);
  const note = join(wanted, elsewhereName);
  const place = lay(existsSync(note) ? readFileSync(note, 'utf8').trim() : wanted);
  if (mayRead(place.account, place.base)) return open(place);
  const account = place.account?.name;
  const blockedAt = firstClosed(place.base, place.account);
  const other = lay(join('/var/lib/keystead', createHash('sha256').update(wanted).digest('hex').slice(0, 12)));
  if (!mayRead(other.account, other.base)) {
    const advice = `set DATA_DIR to a folder that ${account} can reach, or: chmod o+x ${blockedAt}`;
    throw new DataDirUnreachable({ dataDir: wanted, blockedAt, account, advice });
  }
  writeFileSync(note, `${other.base}\n`);
  say(`account ${account} cannot enter ${blockedAt}: the database lives in ${other.base}`);
  return open(other);
}

function lay(base: string): Place {
  mkdirSync(base, { recursive: true, mode: 0o711 });
  const file = (name: string) => join(base, name);
  const cluster = file('cluster');
  const account = databaseAccount(cluster);
  if (account !== undefined) chmodSync(base, statSync(base).mode | 0o011);
  return {
    base,
    cluster,
    run: file('run'),
    log: file('postgres.log'),
    password: file('owner-password'),
    port: file('port'),
    account,
  };
}

function open(place: Place): Place {
  const found = statSync(place.cluster, { throwIfNoEntry: false });
  if (place.account === undefined && found !== undefined && found.uid !== (process.getuid?.() ?? found.uid)) {
    const advice = `the data belong to user ${found.uid}: start as root or as that user`;
    throw new DataDirUnreachable({ dataDir: place.base, advice });
  }
  mkdirSync(place.run, { recursive: true, mode: 0o700 });
  give(place.run, place.account);
  if (found !== undefined) give(place.cluster, place.account);
  return place;
}

/** The outermost folder on the way that the account cannot enter. */
function firstClosed(folder: string, account: Account | undefined): string {
  const parent = dirname(folder);
  if (parent !== folder && !mayRead(account, join(parent, '.'))) return firstClosed(parent, account);
  return folder;
}
