import { SequenceRanges } from '@keystead/contracts/agent';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gapsBetween, type LogRun, mergeRuns } from './log-run.ts';

const run = (from: number, to: number, first: number | null = from * 10, last: number | null = to * 10): LogRun => ({
  from,
  to,
  first,
  last,
});
const log = { log: 'abcdefgh', level: 1 } as const;

test('runs that touch become one with the times of both; others stay apart', () => {
  expect(mergeRuns([run(4, 6), run(1, 3), run(9, 9)])).toEqual([run(1, 6), run(9, 9)]);
  expect(mergeRuns([run(1, 3, null, null), run(2, 5)])).toEqual([run(1, 5, 20, 50)]);
  expect(mergeRuns([run(5, 4)])).toEqual([]);
});

test('merging agrees with the plain set of numbers, whatever the order', () => {
  const runs = fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 9 })), { maxLength: 20 });
  fc.assert(
    fc.property(runs, (given) => {
      const merged = mergeRuns(given.map(([from, more]) => run(from, from + more)));
      const plain = new SequenceRanges(given.map(([from, more]) => [from, from + more]));
      expect(merged.map(({ from, to }) => [from, to])).toEqual(plain.runs());
    }),
    { numRuns: 500 },
  );
});

test('no hole: no gap. A hole counts for times it may lie between, and for no others', () => {
  expect(gapsBetween([{ ...log, runs: [run(1, 9)], dropped: [] }], 0, 1000)).toEqual([]);
  const holed = [{ ...log, runs: [run(1, 3), run(7, 9)], dropped: [] }];
  expect(gapsBetween(holed, 0, 1000)).toEqual([{ ...log, kind: 'missing', from: 4, to: 6, after: 30, before: 70 }]);
  expect(gapsBetween(holed, 31, 69)).toHaveLength(1);
  expect(gapsBetween(holed, 0, 29)).toEqual([]);
  expect(gapsBetween(holed, 71, 90)).toEqual([]);
  expect(gapsBetween([{ ...log, runs: [run(3, 9)], dropped: [] }], 0, 10)).toMatchObject([{ from: 1, to: 2 }]);
});

test('what the agent gave up is told as dropped, the rest of the hole as missing', () => {
  const gaps = gapsBetween([{ ...log, runs: [run(1, 3), run(9, 9)], dropped: [run(4, 6)] }], 0, 1000);
  expect(gaps.map(({ kind, from, to }) => [kind, from, to])).toEqual([
    ['dropped', 4, 6],
    ['missing', 7, 8],
  ]);
});

test('what the agent still has is pending: the end of its log, and holes while it catches up', () => {
  const told = { head: 12, waiting: 0 };
  expect(gapsBetween([{ ...log, runs: [run(1, 9)], dropped: [], told }], 0, 1000)).toEqual([
    { ...log, kind: 'pending', from: 10, to: 11, after: 90, before: null },
  ]);
  const behind = { ...log, runs: [run(1, 3), run(7, 11)], dropped: [], told: { head: 12, waiting: 3 } };
  expect(gapsBetween([behind], 0, 1000)).toMatchObject([{ kind: 'pending', from: 4, to: 6 }]);
});
