import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Keepsake } from './keepsake.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keystead-keepsake-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('tokens and accounts survive a restart, readable by their owner only', () => {
  const before = new Keepsake(join(folder, 'demo'));
  before.kept.tokens['LK-1'] = 'secret-of-the-lock';
  before.save();
  expect(new Keepsake(join(folder, 'demo')).kept.tokens).toEqual({ 'LK-1': 'secret-of-the-lock' });
  if (process.platform !== 'win32') expect(statSync(join(folder, 'demo', 'community.json')).mode & 0o777).toBe(0o600);
});

test('a file that cannot be read is begun anew, not a reason to fail', () => {
  writeFileSync(join(folder, 'community.json'), '{"version":1,"tok');
  const keepsake = new Keepsake(folder);
  expect(keepsake.kept.homes).toBe(0);
  keepsake.save();
  expect(JSON.parse(readFileSync(join(folder, 'community.json'), 'utf8'))).toMatchObject({ version: 1 });
});
