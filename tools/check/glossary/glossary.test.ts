import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { clause } from '@keystead/kernel/testing';
import { afterEach, expect, test } from 'vitest';
import { openTree } from '../../source/index.ts';
import { checkGlossary } from './index.ts';

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

function told(files: Record<string, object>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'keystead-glossary-'));
  roots.push(root);
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), JSON.stringify(content, null, 2));
  }
  return checkGlossary(openTree(root)).map(({ rule, file, line }) => `${rule} ${file}:${line}`);
}

const tenant = { id: 'tenant', zh: '承租人', en: 'tenant', not: { zh: ['租客'], en: ['lessee'] } };
const glossary = (...terms: object[]) => ({ 'docs/glossary.json': { terms } });

test(clause('H-3-1', 'interface and API use one term for each concept of the glossary'), () => {
  expect(checkGlossary(openTree(join(import.meta.dirname, '../../..')))).toEqual([]);
});

test('a refused word is found in Chinese, in English and in the API, where it stands', () => {
  expect(
    told({
      ...glossary(tenant),
      'apps/a/i18n/zh-CN.json': { a: '承租人', b: '所有租客' },
      'apps/a/i18n/en.json': { a: 'Tenant', b: 'All Lessees' },
      'docs/openapi.json': { paths: { '/a': { get: { summary: 'Homes of a lessee' } } } },
    }),
  ).toEqual([
    'term-refused apps/a/i18n/en.json:3',
    'term-refused apps/a/i18n/zh-CN.json:3',
    'term-refused docs/openapi.json:5',
  ]);
});

test('a part of another English word is no refused word', () => {
  expect(told({ ...glossary(tenant), 'apps/a/i18n/en.json': { a: 'lesseeship' } })).toEqual([]);
});

test('a glossary that refuses its own terms, or names two concepts alike, is objected to', () => {
  expect(told(glossary(tenant, { ...tenant, id: 'other', zh: '租客', en: 'guest', not: { zh: [], en: [] } }))).toEqual([
    'glossary-broken docs/glossary.json:1',
  ]);
  expect(told(glossary(tenant, { ...tenant, id: 'same', not: { zh: [], en: [] } })).length).toBe(2);
});
