import { describe, expect, test } from 'vitest';
import { readFacts } from './facts.ts';

const edges = (text: string) => readFacts('a.ts', text).edges.map((edge) => [edge.specifier, edge.typeOnly]);

describe('edges of a file', () => {
  test('every way to pull in another file is an edge', () => {
    const text = `
      import a from './a.ts';
      import './b.css';
      export { c } from './c.ts';
      export * from './d.ts';
      const e = await import('./e.ts');
      const f = await import(\`./f.ts\`);
      const g = require('./g.ts');
      const h = new Worker(new URL('./h.ts', import.meta.url));
      const deep = () => () => import('./deep.ts');
    `;
    expect(edges(text).map(([specifier]) => specifier)).toEqual([
      './a.ts',
      './b.css',
      './c.ts',
      './d.ts',
      './e.ts',
      './f.ts',
      './g.ts',
      './h.ts',
      './deep.ts',
    ]);
  });

  test('an edge is type-only when nothing of it is left at run time', () => {
    expect(edges("import type { A } from './a.ts';")).toEqual([['./a.ts', true]]);
    expect(edges("import { type A, type B } from './a.ts';")).toEqual([['./a.ts', true]]);
    expect(edges("import { type A, b } from './a.ts';")).toEqual([['./a.ts', false]]);
    expect(edges("export type { A } from './a.ts';")).toEqual([['./a.ts', true]]);
    expect(edges("export type * from './a.ts';")).toEqual([['./a.ts', true]]);
    expect(edges("type A = import('./a.ts').A;")).toEqual([['./a.ts', true]]);
    expect(edges("import {} from './a.ts';")).toEqual([['./a.ts', false]]);
  });

  test('an import whose target is made at run time is noted with its line', () => {
    const facts = readFacts('a.ts', 'const name = 1;\nawait import(name);\n');
    expect(facts.openImports).toEqual([2]);
    expect(facts.edges).toEqual([]);
  });
});

describe('habits of a file', () => {
  test('comments that silence a tool are found, words about them are not', () => {
    const marker = 'ts-ignore';
    const text = `// @${marker}\n/* biome-${'ignore'} lint: no */\n// never write ${marker} here\nconst a = '@${marker}';\n`;
    expect(readFacts('a.ts', text).silencers.map((spot) => spot.line)).toEqual([1, 2]);
  });

  test('held tests are found in every spelling', () => {
    const text = `test.skip('a');\ndescribe.only('b', f);\nit.concurrent.todo('c');\ntest.skip.each([1])('d', f);\ntest.skipIf(true)('e', f);\ncontext.skip();\n`;
    expect([...new Set(readFacts('a.test.ts', text).heldTests.map((spot) => spot.line))]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('a test that depends on a peer being installed is not held', () => {
    expect(readFacts('a.test.ts', "test.skipIf(!peer)('e', f); only(1); skip();").heldTests).toEqual([]);
  });

  test('the environment is seen through a member, a destructuring and an import', () => {
    const text =
      "import { env } from 'node:process';\nconst a = process.env.PORT;\nconst { env: e } = process;\nconst b = process['env'];\n";
    expect([...readFacts('a.ts', text).environmentReads].sort()).toEqual([1, 2, 3, 4]);
  });

  test('what a module declares is read from defineModule', () => {
    const text = "export const alarms = defineModule({ name: 'alarms', needs: { things, places: tree }, setup() {} });";
    expect(readFacts('module.ts', text).module).toEqual({
      line: 1,
      name: 'alarms',
      needs: [
        { key: 'things', local: 'things', line: 1 },
        { key: 'places', local: 'tree', line: 1 },
      ],
    });
  });
});
