import { expect, test } from 'vitest';
import { applyExceptions } from './exceptions.ts';

const finding = { rule: 'table', file: 'a.ts', line: 3, message: 'no' };

test('an excepted finding is let pass, another rule in the same file is not', () => {
  const exceptions = [{ rule: 'table', file: 'a.ts', reason: 'moves next' }];
  const other = { ...finding, rule: 'door' };
  expect(applyExceptions([finding, other], exceptions, 'list.json')).toEqual([other]);
});

test('an exception that excuses nothing is a finding, so that the list only shrinks', () => {
  const exceptions = [{ rule: 'table', file: 'b.ts', reason: 'moved long ago' }];
  expect(applyExceptions([finding], exceptions, 'list.json').map((left) => left.rule)).toEqual([
    'table',
    'stale-exception',
  ]);
});
