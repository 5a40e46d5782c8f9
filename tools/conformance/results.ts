import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseResults, readResults, resultsFile, type TestRun } from '../test/index.ts';

/** The commit checked out, with its time in ms; undefined outside a repository. */
export function headOf(root: string): { readonly commit: string; readonly at: number } | undefined {
  try {
    const [commit = '', seconds] = execFileSync('git', ['log', '-1', '--format=%h %ct'], {
      cwd: root,
      encoding: 'utf8',
    })
      .trim()
      .split(' ');
    return { commit, at: Number(seconds) * 1000 };
  } catch {
    return undefined; // An unpacked archive has no history; its results are then taken as they are.
  }
}

/** Results of the whole suite that are not older than the commit checked out; runs the suite when there are none. */
export function freshResults(root: string): TestRun {
  const kept = readResults(root, resultsFile);
  const head = headOf(root);
  if (kept && (!head || kept.startedAt >= head.at)) return kept;
  console.log(
    kept ? 'The last results are older than the commit: running the tests.' : 'No results yet: running the tests.',
  );
  spawnSync(process.execPath, [join(root, 'tools/test/run.ts')], { cwd: root, stdio: 'inherit' });
  const run = readResults(root, resultsFile);
  if (!run) throw new Error('the tests left no results');
  return run;
}

export const resultsFrom = (root: string, file: string): TestRun =>
  parseResults(readFileSync(resolve(file), 'utf8'), root);
