import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** What the agent is made of: files by their path in the package, and the libraries it needs. */
export interface Sources {
  files: Map<string, Buffer>;
  /** Names of packages from npm. */
  libraries: string[];
}

/** A file that is asked for is not there. */
export class SourceMissing extends Error {}

const imported = /(?:^|\n)\s*(?:import|export)\s+(?!type\b)(?:[^'";]*?\sfrom\s*)?'([^']+)'|\bimport\('([^']+)'\)/g;
/** Programs and pages beside a module: `new URL('./x', import.meta.url)`, `join(import.meta.dirname, 'x')`. */
const beside = /new URL\('([^']+)', import\.meta\.url\)|join\(import\.meta\.dirname, '([^']+)'\)/g;
/** Libraries a module asks for by itself. */
const required = /createRequire\(import\.meta\.url\)(?:\.resolve)?\('([^']+)'\)/g;

const nameOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
const found = (text: string, what: RegExp): string[] =>
  [...text.matchAll(what)].flatMap((match) => match.slice(1).filter((each) => each !== undefined));

/** The file behind a door of a room: `@keystead/contracts/agent`. */
function doorFile(root: string, specifier: string): string {
  const [, room = '', ...path] = specifier.split('/');
  const [single, door] = [join(root, room, `${path.join('/')}.ts`), join(root, room, ...path, 'index.ts')];
  if (existsSync(door)) return door;
  if (existsSync(single)) return single;
  throw new SourceMissing(specifier);
}

/**
 * Follows the imports of some programs below `root`. Doors of other rooms become paths, since a package has no
 * workspaces; all else stays as it was written. Imports of types only lead nowhere at run time and are not followed.
 */
export function gatherSources(root: string, programs: readonly string[]): Sources {
  const files = new Map<string, Buffer>();
  const libraries = new Set<string>();
  const ahead = programs.map((program) => join(root, program));
  for (let path = ahead.pop(); path !== undefined; path = ahead.pop()) {
    const name = relative(root, path).split(sep).join('/');
    if (files.has(name)) continue;
    if (!existsSync(path)) throw new SourceMissing(name);
    if (!path.endsWith('.ts')) {
      files.set(name, readFileSync(path));
      continue;
    }
    const folder = dirname(path);
    const text = readFileSync(path, 'utf8');
    const rewritten = text.replaceAll(/'(@keystead\/[^']+)'/g, (_, specifier: string) => {
      const way = relative(folder, doorFile(root, specifier)).split(sep).join('/');
      return `'${way.startsWith('.') ? way : `./${way}`}'`;
    });
    files.set(name, Buffer.from(rewritten));
    for (const specifier of found(text, imported)) {
      if (specifier.startsWith('node:')) continue;
      if (specifier.startsWith('@keystead/')) ahead.push(doorFile(root, specifier));
      else if (specifier.startsWith('.')) ahead.push(join(folder, specifier));
      else libraries.add(nameOf(specifier));
    }
    for (const each of found(text, beside)) ahead.push(join(folder, each));
    for (const specifier of found(text, required)) libraries.add(nameOf(specifier));
  }
  return { files, libraries: [...libraries].sort() };
}
