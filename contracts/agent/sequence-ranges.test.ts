import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SequenceRanges } from './sequence-ranges.ts';

test('runs that touch become one, whatever order they come in', () => {
  expect(
    new SequenceRanges([
      [5, 6],
      [1, 2],
      [3, 4],
    ]).runs(),
  ).toEqual([[1, 6]]);
  expect(
    new SequenceRanges([
      [1, 2],
      [4, 5],
    ]).runs(),
  ).toEqual([
    [1, 2],
    [4, 5],
  ]);
});

test('says what is missing between two numbers, and that nothing is', () => {
  const ranges = new SequenceRanges([
    [1, 10],
    [21, 30],
  ]);
  expect(ranges.missing(1, 10)).toEqual([]);
  expect(ranges.missing(5, 40)).toEqual([
    [11, 20],
    [31, 40],
  ]);
  expect(ranges.nextMissing(1)).toBe(11);
  expect(ranges.nextMissing(15)).toBe(15);
  expect(ranges.last).toBe(30);
});

test('agrees with a plain set of numbers for any ranges', () => {
  const range = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 12 }));
  fc.assert(
    fc.property(fc.array(range, { maxLength: 20 }), fc.integer({ min: 1, max: 70 }), (given, from) => {
      const ranges = new SequenceRanges();
      const plain = new Set<number>();
      for (const [start, length] of given) {
        ranges.add(start, start + length);
        for (let n = start; n <= start + length; n++) plain.add(n);
      }
      for (let n = 1; n <= 75; n++) expect(ranges.has(n)).toBe(plain.has(n));
      const missing = ranges.missing(from, 75).flatMap(([a, b]) => Array.from({ length: b - a + 1 }, (_, i) => a + i));
      expect(missing).toEqual(Array.from({ length: 76 - from }, (_, i) => from + i).filter((n) => !plain.has(n)));
      let next = from;
      while (plain.has(next)) next++;
      expect(ranges.nextMissing(from)).toBe(next);
      const runs = ranges.runs();
      for (let i = 1; i < runs.length; i++) expect(runs[i]?.[0]).toBeGreaterThan((runs[i - 1]?.[1] ?? 0) + 1);
    }),
    { numRuns: 500 },
  );
});
