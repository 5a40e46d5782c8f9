import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { boundLog, tailOf } from './log.ts';
import { fitPrograms } from './programs.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ks-programs-'));
  chmodSync(folder, 0o755);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function installed() {
  const native = join(folder, 'native');
  for (const part of ['bin', 'lib', 'share/postgresql']) mkdirSync(join(native, part), { recursive: true });
  for (const name of ['initdb', 'pg_ctl', 'postgres']) writeFileSync(join(native, 'bin', name), '', { mode: 0o755 });
  writeFileSync(join(native, 'lib', 'libpq.so.5.18'), 'library');
  writeFileSync(join(native, 'lib', 'libpq.a'), 'for compilers');
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
  writeFileSync(join(native, 'pg-symlinks.json'), JSON.stringify(links));
  return { folder: native, version: '18.4', major: 18 };
}

test('library links that an install without scripts left out are made, once', () => {
  const found = installed();
  expect(fitPrograms(found, undefined, folder)).toEqual(found);
  expect(fitPrograms(found, undefined, folder)).toEqual(found);
  expect(readlinkSync(join(found.folder, 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18');
});

test('programs that cannot be run where they are get copied beside the data, with their links', () => {
  const found = installed();
  chmodSync(join(found.folder, 'bin', 'postgres'), 0o644);
  const copy = fitPrograms(found, undefined, folder);
  expect(copy.folder).toBe(join(folder, 'postgres-18.4'));
  expect(readFileSync(join(copy.folder, 'lib', 'libpq.so.5'), 'utf8')).toBe('library');
  expect(() => readFileSync(join(copy.folder, 'lib', 'libpq.a'))).toThrow(/ENOENT/);
  expect(statSync(join(copy.folder, 'bin', 'postgres')).mode & 0o111).toBe(0o111);
  const { ino } = statSync(copy.folder);
  expect(statSync(fitPrograms(found, undefined, folder).folder).ino).toBe(ino);
});

test('a full log is set aside, and its writer goes on in the emptied file', () => {
  const log = join(folder, 'postgres.log');
  writeFileSync(log, 'old line\n'.repeat(10));
  boundLog(log, 1000);
  expect(tailOf(log, 0)).toHaveLength(10);
  boundLog(log, 50);
  writeFileSync(log, 'new line\n', { flag: 'a' });
  expect(tailOf(log, 0)).toEqual(['new line']);
  expect(tailOf(`${log}.1`, 0)).toHaveLength(10);
});
