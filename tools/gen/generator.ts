import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Writes files from what is true elsewhere (source, database, API). Paths are relative to the project's root. */
export interface Generator {
  readonly name: string;
  /** All files with their contents; the same state gives the same text. */
  outputs(): Promise<ReadonlyMap<string, string>>;
}

export interface Difference {
  readonly file: string;
  /** First line that differs, from 1. */
  readonly line: number;
  readonly missing: boolean;
}

/** Where the checked-in file and the generated text part; undefined when they agree. */
export function difference(root: string, file: string, wanted: string): Difference | undefined {
  const path = join(root, file);
  if (!existsSync(path)) return { file, line: 1, missing: true };
  const found = readFileSync(path, 'utf8');
  if (found === wanted) return undefined;
  const lines = found.split('\n');
  const at = wanted.split('\n').findIndex((line, index) => line !== lines[index]);
  return { file, line: at < 0 ? lines.length : at + 1, missing: false };
}

export async function findDrift(root: string, generator: Generator): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const [file, text] of await generator.outputs()) {
    const found = difference(root, file, text);
    if (found) differences.push(found);
  }
  return differences;
}

/** Writes what differs; returns the paths written. */
export async function writeOutputs(root: string, generator: Generator): Promise<string[]> {
  const written: string[] = [];
  for (const [file, text] of await generator.outputs()) {
    if (!difference(root, file, text)) continue;
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
    written.push(file);
  }
  return written;
}
