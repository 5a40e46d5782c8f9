import { describe, expect, test } from 'vitest';
import { countOutcomes, objections, parseResults, slowestFiles } from './results.ts';

const written = JSON.stringify({
  startTime: 1000,
  testResults: [
    {
      name: '/p/data/a.test.ts',
      status: 'failed',
      startTime: 10,
      endTime: 40,
      assertionResults: [
        { fullName: 'a works', status: 'passed' },
        { fullName: 'a breaks', status: 'failed' },
        { fullName: 'a waits', status: 'pending' },
        { fullName: 'a will', status: 'todo' },
      ],
    },
    {
      name: '/p/data/b.test.ts',
      status: 'failed',
      message: 'SyntaxError',
      startTime: 10,
      endTime: 90,
      assertionResults: [],
    },
    {
      name: '/p/data/c.test.ts',
      status: 'passed',
      startTime: 0,
      endTime: 5,
      assertionResults: [{ fullName: 'c', status: 'passed' }],
    },
  ],
});

describe('results of a run', () => {
  const run = parseResults(written, '/p');

  test('tests are counted by outcome; a file that could not run counts as failed', () => {
    expect(countOutcomes(run)).toEqual({ passed: 2, failed: 2, skipped: 2 });
    expect(run.files.map(({ file, broken }) => [file, broken])).toEqual([
      ['data/a.test.ts', undefined],
      ['data/b.test.ts', 'SyntaxError'],
      ['data/c.test.ts', undefined],
    ]);
  });

  test('the slowest files come first', () => {
    expect(slowestFiles(run, 2).map(({ file, ms }) => [file, ms])).toEqual([
      ['data/b.test.ts', 80],
      ['data/a.test.ts', 30],
    ]);
  });
});

describe('what is not good enough', () => {
  test('a failure always', () => {
    expect(objections({ passed: 5, failed: 1, skipped: 0 }, false)).toEqual(['1 failed']);
  });

  test('a skipped test and a run of nothing only where peers must be there', () => {
    expect(objections({ passed: 5, failed: 0, skipped: 2 }, false)).toEqual([]);
    expect(objections({ passed: 5, failed: 0, skipped: 2 }, true)).toHaveLength(1);
    expect(objections({ passed: 0, failed: 0, skipped: 0 }, false)).toEqual([]);
    expect(objections({ passed: 0, failed: 0, skipped: 0 }, true)).toEqual(['no test ran']);
  });

  test('nothing, when everything passed', () => {
    expect(objections({ passed: 5, failed: 0, skipped: 0 }, true)).toEqual([]);
  });
});
