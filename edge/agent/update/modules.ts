import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ArchiveFile } from './archive.ts';

/** The folder of libraries a program is given its own from; undefined = there is none. */
export function modulesOf(program: string): string | undefined {
  for (let folder = dirname(program); ; folder = dirname(folder)) {
    const modules = join(folder, 'node_modules');
    if (existsSync(modules)) return modules;
    if (folder === dirname(folder)) return undefined;
  }
}

const lentIn = (folder: string): string => join(folder, 'node_modules');

/** Lends the libraries of the installation to the versions in `folder`: a version that carries its own takes those. */
export async function lendModules(folder: string, modules: string): Promise<void> {
  const lent = lentIn(folder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (existsSync(lent) && realpathSync(lent) === realpathSync(modules)) return;
  await rm(lent, { recursive: true, force: true });
  await symlink(modules, lent, 'junction');
}

function jsonIn(text: string | undefined): { version?: unknown; requires?: unknown } {
  try {
    const value: unknown = text === undefined ? undefined : JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** Libraries a package wants in a version that is not lent here, as `name version`. What it carries it does not want. */
export function lackingFor(files: readonly ArchiveFile[], modules: string | undefined): string[] {
  const about = jsonIn(files.find(({ path }) => path === 'package.json')?.bytes.toString('utf8'));
  const { requires } = about;
  if (typeof requires !== 'object' || requires === null) return [];
  return Object.entries(requires).flatMap(([name, version]) => {
    const path = modules === undefined ? undefined : join(modules, name, 'package.json');
    const here = jsonIn(path !== undefined && existsSync(path) ? readFileSync(path, 'utf8') : undefined).version;
    return here === version ? [] : [`${name} ${String(version)}`];
  });
}
