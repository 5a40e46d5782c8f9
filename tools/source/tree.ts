import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileFacts } from './fact.ts';
import { readFacts } from './facts.ts';

/** The files of one project root; every text and every parse is kept, so that all checks of one run share them. */
export interface SourceTree {
  readonly root: string;
  /** Paths relative to the root with `/`, sorted. */
  readonly files: readonly string[];
  has(file: string): boolean;
  read(file: string): string;
  /** Facts of a `.ts`, `.tsx`, `.mjs` or `.js` file. */
  facts(file: string): FileFacts;
}

const leftOut = new Set(['node_modules', 'dist', 'fixtures', 'coverage', 'data-dir', 'var']);

function walk(root: string, folder: string, found: string[]): void {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    if (entry.name.startsWith('.') || leftOut.has(entry.name)) continue;
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) walk(root, path, found);
    else if (entry.isFile()) found.push(path);
  }
}

export const isCode = (file: string): boolean => /\.(ts|tsx|mjs|js)$/.test(file);

export const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file);

/** Reads the list of files under `root`; contents are read when first asked for. Throws when the root is missing. */
export function openTree(root: string): SourceTree {
  const files: string[] = [];
  walk(root, '', files);
  files.sort();
  const known = new Set(files);
  const texts = new Map<string, string>();
  const parsed = new Map<string, FileFacts>();
  const read = (file: string): string => {
    const text = texts.get(file) ?? readFileSync(join(root, file), 'utf8');
    texts.set(file, text);
    return text;
  };
  return {
    root,
    files,
    has: (file) => known.has(file),
    read,
    facts: (file) => {
      const facts = parsed.get(file) ?? readFacts(file, read(file));
      parsed.set(file, facts);
      return facts;
    },
  };
}
