import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export type Kind = 'module' | 'terminal' | 'page';
export const kinds: readonly Kind[] = ['module', 'terminal', 'page'];

/** Asked for something that cannot be made; the message tells what is possible. */
export class ShapeRefused extends Error {}

const pascal = (name: string): string =>
  name
    .split('-')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');

const camel = (name: string): string => pascal(name).replace(/^./, (first) => first.toLowerCase());

/** `patrols` → `patrol`, `agencies` → `agency`, `batches` → `batch`; a word without a plural ending stays. */
export function singular(name: string): string {
  if (name.endsWith('ies')) return `${name.slice(0, -3)}y`;
  if (/(ss|sh|ch|x|z)es$/.test(name)) return name.slice(0, -2);
  return /[^s]s$/.test(name) ? name.slice(0, -1) : name;
}

/** Words a template may hold between `%` signs. */
export function wordsOf(name: string): Record<string, string> {
  const noun = singular(name);
  return {
    name,
    Name: pascal(name),
    nameVar: camel(name),
    noun,
    Noun: pascal(noun),
    nounVar: camel(noun),
    schema: name.replaceAll('-', '_'),
    table: noun.replaceAll('-', '_'),
  };
}

function fill(template: string, words: Readonly<Record<string, string>>): string {
  return template.replace(/%([A-Za-z]+)%/g, (whole, word: string) => words[word] ?? whole);
}

const places: Readonly<Record<Kind, { readonly folder: RegExp; readonly example: string; at(path: string): string }>> =
  {
    module: {
      folder: /^(apps\/[a-z]+|data)\/[a-z][a-z0-9-]*$/,
      example: 'apps/work/patrols or data/weather',
      at: (path) => path,
    },
    terminal: {
      folder: /^terminals\/[a-z][a-z0-9-]*$/,
      example: 'modbus',
      at: (path) => (path.includes('/') ? path : `terminals/${path}`),
    },
    page: {
      folder: /^ends\/console\/src\/features\/[a-z][a-z0-9-]*$/,
      example: 'patrols',
      at: (path) => (path.includes('/') ? path : `ends/console/src/features/${path}`),
    },
  };

/** Where a thing of this kind belongs. Throws ShapeRefused for a path that is no place for it. */
export function placeFor(kind: Kind, path: string): string {
  const { folder, example, at } = places[kind];
  const place = at(path.replace(/\/+$/, ''));
  if (!folder.test(place)) throw new ShapeRefused(`'${path}' is no place for a ${kind}; for example: ${example}`);
  return place;
}

function templatesIn(folder: string, below = ''): string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    return entry.isDirectory() ? templatesIn(folder, path) : [path];
  });
}

/** The files of a new module, terminal or page: path below the project's root → text. */
export function shapeOf(kind: Kind, path: string): Map<string, string> {
  const place = placeFor(kind, path);
  const words = wordsOf(place.slice(place.lastIndexOf('/') + 1));
  const folder = join(import.meta.dirname, 'templates', kind);
  const files = templatesIn(folder).map((template): [string, string] => [
    `${place}/${fill(template.replace(/\.txt$/, ''), words)}`,
    fill(readFileSync(join(folder, template), 'utf8'), words),
  ]);
  return new Map(files);
}

/** Writes a shape below `root`; refuses, before writing anything, when its folder is already there. Returns the paths. */
export function writeShape(root: string, kind: Kind, path: string): string[] {
  const place = placeFor(kind, path);
  if (existsSync(join(root, place))) throw new ShapeRefused(`${place} is already there`);
  const files = shapeOf(kind, path);
  for (const [file, text] of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return [...files.keys()].sort();
}
