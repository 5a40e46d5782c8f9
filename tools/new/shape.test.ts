import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkSource } from '../check/index.ts';
import { openTree } from '../source/index.ts';
import { placeFor, ShapeRefused, shapeOf, singular, writeShape } from './shape.ts';

describe('names', () => {
  test.each([
    ['patrols', 'patrol'],
    ['agencies', 'agency'],
    ['batches', 'batch'],
    ['houses', 'house'],
    ['weather', 'weather'],
    ['process', 'process'],
  ])('one of %s is a %s', (many, one) => {
    expect(singular(many)).toBe(one);
  });

  test('a file is named by its noun, a schema has no dashes', () => {
    const files = shapeOf('module', 'apps/work/patrol-routes');
    expect(files.has('apps/work/patrol-routes/patrol-route.ts')).toBe(true);
    expect(files.get('apps/work/patrol-routes/migrations/0001_patrol_route.sql')).toContain(
      'create table patrol_routes.patrol_route',
    );
  });

  test('no place of a template is left unfilled', () => {
    for (const [kind, path] of [
      ['module', 'data/weather'],
      ['terminal', 'modbus'],
      ['page', 'patrols'],
    ] as const) {
      for (const [file, text] of shapeOf(kind, path)) expect(`${file}\n${text}`).not.toMatch(/%[A-Za-z]+%/);
    }
  });
});

describe('places', () => {
  test('a short name is enough where there is only one place', () => {
    expect(placeFor('terminal', 'modbus')).toBe('terminals/modbus');
    expect(placeFor('page', 'patrols')).toBe('ends/console/src/features/patrols');
  });

  test.each([
    ['module', 'patrols'],
    ['module', 'apps/patrols'],
    ['module', 'kernel/patrols'],
    ['module', 'apps/work/Patrols'],
    ['module', '../apps/work/patrols'],
    ['terminal', 'data/modbus'],
  ] as const)('a %s at %s is refused', (kind, path) => {
    expect(() => placeFor(kind, path)).toThrow(ShapeRefused);
  });
});

describe('what is written', () => {
  const root = join(import.meta.dirname, '../..');
  let copy: string;
  let written: string[];

  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'keystead-new-'));
    for (const room of ['contracts', 'kernel', 'terminals/port', 'ends/ui', 'ends/sdk', 'ends/console/src/shell']) {
      cpSync(join(root, room), join(copy, room), { recursive: true, filter: (path) => !path.includes('node_modules') });
    }
    for (const file of ['tsconfig.base.json', 'tsconfig.json', 'tsconfig.ends.json'])
      cpSync(join(root, file), join(copy, file));
    writeFileSync(join(copy, 'package.json'), '{"type":"module"}');
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    written = [
      ...writeShape(copy, 'module', 'apps/work/zebra-crossings'),
      ...writeShape(copy, 'terminal', 'tick-tock'),
      ...writeShape(copy, 'page', 'zebra-crossings'),
    ];
  });
  afterAll(() => rmSync(copy, { recursive: true }));

  test('has every file of the shape of a module', () => {
    const own = written
      .filter((file) => file.startsWith('apps/'))
      .map((file) => file.replace('apps/work/zebra-crossings/', ''));
    expect(own).toEqual([
      'README.md',
      'i18n/en.json',
      'i18n/zh-CN.json',
      'index.ts',
      'migrations/0001_zebra_crossing.sql',
      'module.ts',
      'routes.ts',
      'schemas.ts',
      'service.ts',
      'store.ts',
      'zebra-crossing.test.ts',
      'zebra-crossing.ts',
      'zebra-crossings.it.test.ts',
    ]);
  });

  test('passes the checks of boundaries and texts', () => {
    const found = checkSource(openTree(copy)).filter(({ file }) =>
      written.some((own) => own.startsWith(file) || file === own),
    );
    expect(found).toEqual([]);
  });

  test.each(['tsconfig.json', 'tsconfig.ends.json'])(
    'has no type error under %s',
    (project) => {
      const { stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', project, '--pretty', 'false'], {
        cwd: copy,
        encoding: 'utf8',
      });
      expect(stdout.split('\n').filter((line) => written.some((file) => line.startsWith(file)))).toEqual([]);
    },
    120_000,
  );

  test('a terminal passes its own tests', () => {
    const { stdout, status } = spawnSync(
      join(root, 'node_modules/.bin/vitest'),
      ['run', '--root', copy, '--dir', join(copy, 'terminals/tick-tock')],
      { cwd: copy, encoding: 'utf8' },
    );
    expect(status, stdout).toBe(0);
    expect(stdout).toMatch(/Test Files .*2 passed/);
  }, 120_000);

  test('is never written over what is there', () => {
    const taken = join(copy, 'apps/work/taken');
    mkdirSync(taken);
    writeFileSync(join(taken, 'module.ts'), 'mine');
    expect(() => writeShape(copy, 'module', 'apps/work/taken')).toThrow('already there');
    expect(readFileSync(join(taken, 'module.ts'), 'utf8')).toBe('mine');
    expect(existsSync(join(taken, 'README.md'))).toBe(false);
  });
});
