import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a whole run leaves its results, and where a filtered one does, which must not pass for a whole one. */
export const resultsFile = 'node_modules/.cache/keystead/test-results.json';
export const partialResultsFile = 'node_modules/.cache/keystead/test-results.partial.json';

export type Outcome = 'passed' | 'failed' | 'skipped';

export interface TestResult {
  /** Path relative to the project. */
  readonly file: string;
  /** Names of the describe blocks and of the test, joined by a blank. */
  readonly name: string;
  readonly outcome: Outcome;
  /** First line of why it failed. */
  readonly why?: string;
}

export interface FileResult {
  readonly file: string;
  readonly ms: number;
  /** Why the file itself could not run, when no test of it did. */
  readonly broken: string | undefined;
}

export interface TestRun {
  /** ms since 1970 */
  readonly startedAt: number;
  readonly tests: readonly TestResult[];
  readonly files: readonly FileResult[];
}

interface WrittenTest {
  readonly fullName: string;
  readonly status: string;
  readonly failureMessages?: readonly string[];
}

interface WrittenFile {
  readonly name: string;
  readonly status: string;
  readonly message?: string;
  readonly startTime?: number;
  readonly endTime?: number;
  readonly assertionResults: readonly WrittenTest[];
}

interface Written {
  readonly startTime: number;
  readonly testResults: readonly WrittenFile[];
}

const outcomeOf = (status: string): Outcome => (status === 'passed' || status === 'failed' ? status : 'skipped');

const firstLine = (text: string): string => text.split('\n', 1)[0]?.slice(0, 200) ?? '';

/** Reads what Vitest's json reporter wrote. Paths are made relative to `root`. */
export function parseResults(text: string, root: string): TestRun {
  const written: Written = JSON.parse(text);
  const relative = (path: string) => (path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path);
  return {
    startedAt: written.startTime,
    tests: written.testResults.flatMap((file) =>
      file.assertionResults.map((test) => ({
        file: relative(file.name),
        name: test.fullName,
        outcome: outcomeOf(test.status),
        ...(test.failureMessages?.[0] && { why: firstLine(test.failureMessages[0]) }),
      })),
    ),
    files: written.testResults.map((file) => ({
      file: relative(file.name),
      ms: (file.endTime ?? 0) - (file.startTime ?? 0),
      broken:
        file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed')
          ? (file.message ?? 'could not run')
          : undefined,
    })),
  };
}

/** The results of a run, or undefined when there are none. */
export function readResults(root: string, file: string): TestRun | undefined {
  const path = join(root, file);
  return existsSync(path) ? parseResults(readFileSync(path, 'utf8'), root) : undefined;
}

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Tests by outcome; a file that could not run counts as one failed. */
export function countOutcomes(run: TestRun): Counts {
  const of = (outcome: Outcome) => run.tests.filter((test) => test.outcome === outcome).length;
  const broken = run.files.filter((file) => file.broken !== undefined).length;
  return { passed: of('passed'), failed: of('failed') + broken, skipped: of('skipped') };
}

/**
 * Why a run is not good enough, empty when it is. A continuous-integration run also refuses skipped tests (a peer is
 * missing there) and a run of nothing.
 */
export function objections({ passed, failed, skipped }: Counts, strict: boolean): string[] {
  const found: string[] = [];
  if (failed > 0) found.push(`${failed} failed`);
  if (strict && skipped > 0) found.push(`${skipped} skipped, which is not allowed here`);
  if (strict && passed + failed === 0) found.push('no test ran');
  return found;
}

export function slowestFiles(run: TestRun, count: number): FileResult[] {
  return [...run.files].sort((a, b) => b.ms - a.ms).slice(0, count);
}

/**
 * What failed, by its reason, most frequent first: a line says the reason and the first places it was met. Printed at the
 * end, where also who sees only the end of a long log finds it.
 */
export function reasons(run: TestRun, count: number): string[] {
  const places = new Map<string, string[]>();
  const put = (why: string, where: string) => places.set(why, [...(places.get(why) ?? []), where]);
  for (const { file, broken } of run.files) if (broken !== undefined) put(firstLine(broken), file);
  for (const { file, name, outcome, why } of run.tests)
    if (outcome === 'failed') put(why ?? 'failed', `${file} > ${name}`);
  return [...places]
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, count)
    .map(([why, where]) => `${why} (${where.length}): ${where.slice(0, 3).join('; ')}${where.length > 3 ? ' …' : ''}`);
}
