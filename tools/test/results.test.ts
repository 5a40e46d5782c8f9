import { describe, expect, test } from 'vitest';
import { lastWords } from './last-words.ts';
import { countOutcomes, objections, parseResults, reasons, slowestFiles } from './results.ts';

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
        { fullName: 'a breaks', status: 'failed', failureMessages: ['Error: no\n    at a.ts'] },
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

  test('what failed is said by its reason, with where', () => {
    expect(reasons(run, 9)).toEqual(['SyntaxError (1): data/b.test.ts', 'Error: no (1): data/a.test.ts > a breaks']);
  });
});

test('what a dying process says is kept out of all that is said, also in pieces', () => {
  const words = lastWords(2);
  for (const piece of ['all is well\nFATAL ERR', 'OR: heap\n', "x.c:9: Assertion `0' failed.\n", 'terminate called\n'])
    words.hear(piece);
  expect(words.said).toEqual(['FATAL ERROR: heap', "x.c:9: Assertion `0' failed."]);
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
