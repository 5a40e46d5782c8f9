import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openTree } from '../../source/index.ts';
import { checkTexts } from './index.ts';

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

/** What the check says of a small module `data/a` with these texts and this code, as `rule file:line`. */
function told(zh: object, en: object | undefined, code: string): string[] {
  const root = mkdtempSync(join(tmpdir(), 'keystead-i18n-'));
  roots.push(root);
  const files: Record<string, string> = { 'data/a/i18n/zh-CN.json': JSON.stringify(zh, null, 2), 'data/a/a.ts': code };
  if (en) files['data/a/i18n/en.json'] = JSON.stringify(en, null, 2);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return checkTexts(openTree(root)).map(({ rule, file, line }) => `${rule} ${file.replace('data/a/', '')}:${line}`);
}

test('texts in both languages that are all used are fine', () => {
  const zh = {
    $dynamic: ['a.state.'],
    a: { title: '标题 {n}', state: { on: '开' } },
    problem: { 'a-missing': '没有', 'b-missing': '没有' },
  };
  const en = { a: { title: 'Title {n}', state: { on: 'On' } }, problem: { 'a-missing': 'None', 'b-missing': 'None' } };
  const code = `
    class AMissing extends problem('a-missing', 404) {}
    class BMissing extends Problem { static override readonly type = 'b-missing'; }
    show(t('a.title', { n }), t(\`a.state.\${state}\`));`;
  expect(told(zh, en, code)).toEqual([]);
});

test('a key that is only a value in a table counts as used', () => {
  expect(told({ menu: '菜单' }, { menu: 'Menu' }, "const items = [{ label: 'menu' }];")).toEqual([]);
});

test('a missing language, a missing key and an extra key are found where they are', () => {
  expect(told({ a: '一' }, undefined, "t('a')")).toEqual(['text-unpaired i18n/zh-CN.json:1']);
  expect(told({ a: '一', b: '二' }, { a: 'one', c: 'three' }, "t('a') + t('b')")).toEqual([
    'text-unpaired i18n/zh-CN.json:3',
    'text-unpaired i18n/en.json:3',
  ]);
});

test('a text that fills other places than its translation is found', () => {
  expect(told({ a: '{n} 个' }, { a: '{count} of them' }, "t('a')")).toEqual(['text-places i18n/en.json:2']);
});

test('a key without text is found at the code that asks for it', () => {
  expect(told({}, {}, "\nshow(t('a.b'));")).toEqual(['text-missing a.ts:2']);
  expect(told({}, {}, "class Gone extends problem('gone', 404) {}")).toEqual(['text-missing a.ts:1']);
  expect(told({}, {}, "class Gone extends Problem {\n  static override readonly type = 'gone';\n}")).toEqual([
    'text-missing a.ts:2',
  ]);
});

test('a key nobody asks for, and a prefix nothing begins with, are found', () => {
  expect(told({ a: '一', b: '二' }, { a: 'one', b: 'two' }, "t('a')")).toEqual(['text-unused i18n/zh-CN.json:3']);
  expect(told({ $dynamic: ['x.'], a: '一' }, { a: 'one' }, "t('a')")).toEqual(['text-unused i18n/zh-CN.json:1']);
});

test('a key put together at run time must begin with a listed prefix', () => {
  const zh = { a: { on: '开' } };
  expect(told(zh, { a: { on: 'On' } }, `const key = 'a.on'; t(\`a.\${state}\`)`)).toEqual(['text-open a.ts:1']);
});

test('an empty text and a broken file are found', () => {
  expect(told({ a: ' ' }, { a: 'one' }, "t('a')")).toEqual(['text-broken i18n/zh-CN.json:2']);
  expect(told([], {}, '')).toEqual(['text-broken i18n/zh-CN.json:1']);
});
