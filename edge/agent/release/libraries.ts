import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SourceMissing } from './sources.ts';

interface Described {
  version: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const describe = (folder: string): Described =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Described;

/** Versions of libraries as they are installed in `modules`. Throws SourceMissing. */
export function versionsOf(modules: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => {
      const folder = join(modules, name);
      if (!existsSync(join(folder, 'package.json'))) throw new SourceMissing(name);
      return [name, describe(folder).version];
    }),
  );
}

function filesIn(folder: string, into: string, files: Map<string, Buffer>): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) filesIn(path, `${into}/${entry.name}`, files);
    else if (entry.isFile()) files.set(`${into}/${entry.name}`, readFileSync(path));
  }
}

/** Packages a package brings in versions of its own; what they need beside that stands where everybody's is. */
function nestedIn(folder: string): string[] {
  const modules = join(folder, 'node_modules');
  if (!existsSync(modules)) return [];
  const names = readdirSync(modules).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`) : [name],
  );
  const packages = names.map((name) => join(modules, name)).filter((path) => existsSync(join(path, 'package.json')));
  return packages.flatMap((path) => [path, ...nestedIn(path)]);
}

/** Files of libraries and of everything they need, as a package carries them. What is optional and not there is left out. */
export function libraryFiles(modules: string, names: readonly string[]): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const seen = new Set<string>();
  const ahead = [...names];
  for (let name = ahead.pop(); name !== undefined; name = ahead.pop()) {
    const folder = join(modules, name);
    if (seen.has(name) || !existsSync(join(folder, 'package.json'))) continue;
    seen.add(name);
    filesIn(folder, `node_modules/${name}`, files);
    for (const package_ of [folder, ...nestedIn(folder)]) {
      const { dependencies, optionalDependencies } = describe(package_);
      ahead.push(...Object.keys({ ...dependencies, ...optionalDependencies }));
    }
  }
  return files;
}
