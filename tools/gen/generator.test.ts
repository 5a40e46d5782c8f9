import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findDrift, type Generator, writeOutputs } from './generator.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'keystead-gen-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const generator: Generator = {
  name: 'two',
  outputs: async () =>
    new Map([
      ['docs/a.md', 'one\ntwo\n'],
      ['b.ts', 'b\n'],
    ]),
};

test('a missing file and a changed line are drift, told with the line; after writing there is none', async () => {
  writeFileSync(join(root, 'b.ts'), 'b\n');
  expect(await findDrift(root, generator)).toEqual([{ file: 'docs/a.md', line: 1, missing: true }]);
  expect(await writeOutputs(root, generator)).toEqual(['docs/a.md']);
  expect(readFileSync(join(root, 'docs/a.md'), 'utf8')).toBe('one\ntwo\n');
  expect(await findDrift(root, generator)).toEqual([]);

  writeFileSync(join(root, 'docs/a.md'), 'one\n2\n');
  expect(await findDrift(root, generator)).toEqual([{ file: 'docs/a.md', line: 2, missing: false }]);
});

test('something left behind at the end of a file is drift too', async () => {
  writeFileSync(join(root, 'b.ts'), 'b\nold\n');
  const found = await findDrift(root, generator);
  expect(found.map(({ file }) => file)).toContain('b.ts');
});
