import { expect, test } from 'vitest';
import { type Branch, branchesOf } from './branches.ts';
import type { Channel } from './queries.ts';

const channel = (id: string, parent: string): Channel =>
  ({ id, parent, name: id, on: true, maker: '', model: '', seenAt: '2026-06-01T00:00:00Z' }) as Channel;
const shape = (branches: readonly Branch[]): unknown => branches.map(({ item, below }) => [item.id, shape(below)]);

test('channels stand below their groups, and those of an unknown group at the top', () => {
  const found = branchesOf([channel('a', 'platform'), channel('b', 'a'), channel('c', 'a'), channel('d', 'gone')]);
  expect(shape(found)).toEqual([
    [
      'a',
      [
        ['b', []],
        ['c', []],
      ],
    ],
    ['d', []],
  ]);
});

test('groups that stand below one another are shown, each once', () => {
  expect(shape(branchesOf([channel('a', 'b'), channel('b', 'a'), channel('c', 'a')]))).toHaveLength(3);
});
