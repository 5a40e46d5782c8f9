import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openTree } from '../../source/index.ts';
import { checkBoundaries } from './index.ts';

const fixtures = join(import.meta.dirname, '../fixtures');
const cases = readdirSync(fixtures);

const told = (root: string) => checkBoundaries(openTree(root)).map(({ rule, file, line }) => ({ rule, file, line }));

describe('the wall between rooms and modules', () => {
  test('there is a forbidden example of each rule', () => {
    const rules = new Set(
      cases
        .flatMap((name) => JSON.parse(readFileSync(join(fixtures, name, 'expected.json'), 'utf8')))
        .map((one) => one.rule),
    );
    expect([...rules].sort()).toEqual([
      'door',
      'environment',
      'feature',
      'file-cycle',
      'foreign-table',
      'held-test',
      'length',
      'module-cycle',
      'name',
      'no-door',
      'no-readme',
      'open-import',
      'silenced',
      'syntax',
      'table',
      'types-only',
      'undeclared-need',
      'unused-need',
    ]);
  });

  test.each(cases)('%s: exactly the expected finding', (name) => {
    const root = join(fixtures, name);
    expect(told(root)).toEqual(JSON.parse(readFileSync(join(root, 'expected.json'), 'utf8')));
  });
});

test('[H-5-1] in the tree as it is, no room imports what stands above it', () => {
  const root = join(import.meta.dirname, '../../..');
  const upward = checkBoundaries(openTree(root)).filter(({ rule }) => rule === 'table');
  expect(upward).toEqual([]);
});

test('[H-5-6] in the tree as it is, no application module reads a table of another', () => {
  const root = join(import.meta.dirname, '../../..');
  const foreign = checkBoundaries(openTree(root)).filter(
    ({ rule, file }) => rule === 'foreign-table' && file.startsWith('apps/'),
  );
  expect(foreign).toEqual([]);
});
