import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const fixture = join(import.meta.dirname, 'fixtures/lock');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keystead-conformance-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  copyFileSync(join(fixture, 'lock.test.ts'), join(folder, 'lock.test.ts'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Line {
  id: string;
  status: string;
  result: string;
  tests: { name: string; file: string; result: string }[];
}

/** Runs the tests of the small project for real, then the tool on their results. */
function conformance(subject: string): {
  line: (id: string) => Line | undefined;
  last: string;
  code: number | null;
} {
  copyFileSync(join(fixture, subject), join(folder, 'lock.ts'));
  const results = join(folder, 'results.json');
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  spawnSync(process.execPath, [vitest, 'run', '--root', folder, '--reporter=json', `--outputFile=${results}`], {
    cwd: folder,
  });
  const tool = join(import.meta.dirname, 'run.ts');
  const ended = spawnSync(process.execPath, [tool, '--json', '--from', results, '--out', join(folder, 'docs')], {
    encoding: 'utf8',
  });
  const file = join(folder, 'docs/conformance.json');
  const clauses: Line[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).clauses : [];
  return {
    line: (id) => clauses.find((clause) => clause.id === id),
    last: ended.stdout.trim().split('\n').at(-1) ?? '',
    code: ended.status,
  };
}

describe('a clause and the module behind it', () => {
  test('while the module is intact its clauses are proven, a device contract only checked, endurance only begun', () => {
    const { line, last, code } = conformance('lock.ts');
    expect(code).toBe(0);
    expect(line('I-7.1-d')).toMatchObject({ status: 'proven', result: 'passed' });
    expect(line('I-7.1-d')?.tests.map((one) => [one.name, one.result])).toEqual([
      ['a lock the fifth does not', 'passed'],
      ['a lock the sixth wrong code alarms', 'passed'],
    ]);
    expect(line('H-6.5-c-3')).toMatchObject({ status: 'contract-checked' });
    expect(line('I-6.3-e')).toMatchObject({ status: 'long-run' });
    expect(line('H-1-1')).toMatchObject({ status: 'unproven', result: 'none', tests: [] });

    const figures = JSON.parse(last);
    const clauses: unknown[] = JSON.parse(readFileSync(join(root, 'docs/clauses.json'), 'utf8'));
    expect(figures).toMatchObject({ proven: 2, total: clauses.length });
    expect(figures.byModule['device-registry'].proven).toBe(1);
    expect(readFileSync(join(folder, 'docs/conformance.md'), 'utf8')).toMatch(
      /\| H-5-4 \|.*\| proven \| a lock it has a label `.*lock\.test\.ts` \|/,
    );
  });

  test('when the module is broken its clauses go red, and only those', () => {
    const { line, last } = conformance('lock.broken.ts');
    expect(line('I-7.1-d')).toMatchObject({ status: 'unproven', result: 'failed' });
    expect(line('H-6.5-c-3')).toMatchObject({ status: 'unproven', result: 'failed' });
    expect(line('H-5-4')).toMatchObject({ status: 'proven' });
    expect(JSON.parse(last).proven).toBe(1);
    expect(readFileSync(join(folder, 'docs/conformance.md'), 'utf8')).toMatch(/\| I-7\.1-d \|.*\| \*\*red\*\* \|/);
  });
});

test('an id that no source has is an error that names the test, and nothing is written', () => {
  const results = join(folder, 'results.json');
  const tests = [{ fullName: `${'['}H-99.9-z] a slip of the pen`, status: 'passed' }];
  const file = { name: join(root, 'data/a.test.ts'), status: 'passed', assertionResults: tests };
  writeFileSync(results, JSON.stringify({ startTime: 0, testResults: [file] }));
  const tool = join(import.meta.dirname, 'run.ts');
  const ended = spawnSync(process.execPath, [tool, '--from', results, '--out', join(folder, 'docs')], {
    encoding: 'utf8',
  });
  expect(ended.status).toBe(1);
  expect(ended.stderr).toContain('data/a.test.ts');
  expect(ended.stderr).toContain('H-99.9-z');
  expect(existsSync(join(folder, 'docs'))).toBe(false);
});
