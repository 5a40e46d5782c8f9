import { describe, expect, test } from 'vitest';
import { checkMove, checkStanding, depthLimit, depthOf, movedPath, pathUnder, segmentOf } from './place.ts';

const node = (kind: Parameters<typeof checkStanding>[0], path: string) => ({ kind, path });

describe('where a place may stand', () => {
  test('a home stands under a floor, unit or building, never at the top or under a project', () => {
    for (const parent of ['floor', 'unit', 'building'] as const)
      expect(() => checkStanding('house', node(parent, '1/'))).not.toThrow();
    expect(() => checkStanding('house', null)).toThrow('place-kind-misplaced');
    expect(() => checkStanding('house', node('project', '1/'))).toThrow('place-kind-misplaced');
  });

  test('[I-5.2.1-a-4] site, workshop, line and station make a chain of four', () => {
    expect(() => checkStanding('site', null)).not.toThrow();
    expect(() => checkStanding('workshop', node('site', '1/'))).not.toThrow();
    expect(() => checkStanding('line', node('workshop', '1/2/'))).not.toThrow();
    expect(() => checkStanding('station', node('line', '1/2/3/'))).not.toThrow();
    expect(() => checkStanding('line', node('station', '1/2/3/4/'))).toThrow('place-kind-misplaced');
  });

  test('the tree ends at its depth limit, for new nodes and for moved subtrees', () => {
    const deep = `${'1/'.repeat(depthLimit)}`;
    expect(() => checkStanding('zone', node('zone', deep))).toThrow('place-too-deep');
    const target = node('zone', '2/'.repeat(depthLimit - 2));
    expect(() => checkMove(node('zone', '1/'), target, 2)).not.toThrow();
    expect(() => checkMove(node('zone', '1/'), target, 3)).toThrow('place-too-deep');
  });

  test('a place is not moved below itself', () => {
    expect(() => checkMove(node('zone', '1/2/'), node('zone', '1/2/'), 2)).toThrow('place-in-itself');
    expect(() => checkMove(node('zone', '1/2/'), node('zone', '1/2/9/'), 2)).toThrow('place-in-itself');
    expect(() => checkMove(node('zone', '1/2/'), node('zone', '1/20/'), 2)).not.toThrow();
  });
});

test('a segment is the number in base 36, and a path its parent’s with one segment more', () => {
  expect(segmentOf(87)).toBe('2f/');
  expect(pathUnder('1/', 87)).toBe('1/2f/');
  expect(depthOf('1/2f/3a/')).toBe(3);
  expect(movedPath('1/2f/3a/', '1/2f/', '9/2f/')).toBe('9/2f/3a/');
});
