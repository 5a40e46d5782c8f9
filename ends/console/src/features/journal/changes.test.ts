import { expect, test } from 'vitest';
import { changesIn } from './changes.ts';

test('fields that became something else are listed with what they were', () => {
  const detail = { from: { name: 'A', tags: ['x'], kind: 'k' }, to: { name: 'B', tags: ['x'] } };
  expect(changesIn(detail)).toEqual([{ field: 'name', before: 'A', after: 'B' }]);
});

test('a value that became another is one change without a field', () => {
  expect(changesIn({ from: 180, to: 365 })).toEqual([{ field: '', before: 180, after: 365 }]);
});

test('a line that tells of no change has none', () => {
  expect(changesIn({ name: 'A', to: { name: 'A' }, from: { name: 'A' } })).toEqual([]);
  expect(changesIn({ ended: 3 })).toEqual([]);
});
