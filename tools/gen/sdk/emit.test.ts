import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emitSdk } from './emit.ts';
import { schemaType } from './schema-type.ts';

const root = join(import.meta.dirname, '../../..');
const document = JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/api/openapi.json'), 'utf8'));

describe('types from schemas', () => {
  test.each([
    [{ type: 'string', format: 'date-time' }, 'string'],
    [{ type: 'integer' }, 'number'],
    [{ enum: ["it's", 2, null] }, "'it\\'s' | 2 | null"],
    [{ type: 'array', items: { type: ['string', 'null'] } }, '(string | null)[]'],
    [{ type: 'array', prefixItems: [{ type: 'number' }, { type: 'string' }] }, '[number, string]'],
    [{ type: 'object', additionalProperties: { type: 'number' } }, 'Record<string, number>'],
    [{ type: 'object', additionalProperties: false }, 'Record<string, never>'],
    [{ type: 'object' }, 'Record<string, unknown>'],
    [
      { allOf: [{ $ref: '#/components/schemas/def-1' }, { anyOf: [{ const: 'a' }, { const: 'b' }] }] },
      "Def1 & ('a' | 'b')",
    ],
    [{ anyOf: [{ type: 'string' }, {}] }, 'unknown'],
    [{ not: { type: 'null' } }, 'unknown'],
    [
      { type: 'object', required: ['a'], properties: { a: {}, 'b-c': { type: 'null' } } },
      "{\n  a: unknown;\n  'b-c'?: null;\n}",
    ],
  ])('%j is %s', (schema, wanted) => {
    expect(schemaType(schema)).toBe(wanted);
  });
});

test('the same document gives the same text, whatever the order of its paths', () => {
  const turned = { ...document, paths: Object.fromEntries(Object.entries(document.paths).reverse()) };
  expect(emitSdk(turned)).toBe(emitSdk(document));
});

test('two operations of one name are refused', () => {
  const operation = { operationId: 'a.b', responses: {} };
  expect(() => emitSdk({ openapi: '3.1.0', paths: { '/a': { get: operation, post: operation } } })).toThrow('a.b');
});

describe('the emitted client under the compiler', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'keystead-sdk-'));
    for (const file of ['client.ts', 'problem.ts', 'index.ts'])
      copyFileSync(join(root, 'ends/sdk', file), join(folder, file));
    writeFileSync(join(folder, 'api.generated.ts'), emitSdk(document));
    const base = JSON.parse(readFileSync(join(root, 'tsconfig.base.json'), 'utf8'));
    const compilerOptions = { ...base.compilerOptions, lib: ['es2024', 'dom', 'dom.iterable'], types: [] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['.'] }));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function compile(use: string): string {
    writeFileSync(
      join(folder, 'use.ts'),
      `import { createSdk, type Api, type Reply } from './index.ts';\nconst sdk = createSdk();\n${use}\nexport type { Api, Reply };\n`,
    );
    try {
      execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', folder, '--pretty', 'false'], { encoding: 'utf8' });
      return '';
    } catch (cause) {
      return String((cause as { stdout?: string }).stdout);
    }
  }

  test('well-typed use compiles under the strict settings of the project', () => {
    expect(
      compile(`
        const list: Reply<Api['alarms']['list']> = await sdk.alarms.list();
        await sdk.alarms.list({ query: { state: 'new', severity: [1, 2] } }, { signal: new AbortController().signal });
        const seen = await sdk.alarms.acknowledge({ params: { id: list.items[0]?.id ?? '' }, body: { note: 'seen' } });
        const severity: number = seen.severity;
        const state: 'new' | 'closed' | undefined = seen.state;
        await sdk.alarms.raise({ body: { title: 'smoke', spot: [1, 2] } }, { idempotencyKey: 'k' });
        const nothing: undefined = await sdk.records.content.replace({ params: { id: 'x' }, body: new Blob([]) });
        export const all = [severity, state, nothing];
      `),
    ).toBe('');
  });

  test.each([
    ['a missing body', "await sdk.alarms.acknowledge({ params: { id: 'x' } });"],
    ['a missing input', 'await sdk.alarms.acknowledge();'],
    ['a wrong value', "await sdk.alarms.list({ query: { state: 'open' } });"],
    ['an unknown field', "await sdk.alarms.raise({ body: { title: 'x', colour: 1 } });"],
    ['an unknown operation', 'await sdk.alarms.forget();'],
    [
      'a reply read wrongly',
      "const n: string = (await sdk.alarms.raise({ body: { title: 'x' } })).severity; export { n };",
    ],
  ])('%s does not compile', (_what, use) => {
    expect(compile(use)).toMatch(/use\.ts\(\d+,\d+\): error TS/);
  });
});
