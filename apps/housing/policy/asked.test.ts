import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rules } from './rules.ts';

const root = join(import.meta.dirname, '../../..');
const isAsking = (path: string): boolean =>
  !path.startsWith('apps/housing/policy/') && !path.includes('/testing/') && !path.endsWith('.test.ts');

// A number that is kept and shown, and that no decision goes by, is worse than none: a city would change it in vain.
test('every number of a pack is asked for by a module', () => {
  const source = globSync(['apps/**/*.ts', 'server/**/*.ts'], { cwd: root })
    .filter(isAsking)
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .join('\n');
  expect(rules.filter(({ id }) => !source.includes(`'${id}'`)).map(({ id }) => id)).toEqual([]);
});
