import { describe, expect, test } from 'vitest';
import { planImport, type Standing } from './import-plan.ts';
import type { PlaceImportRow } from './schemas.ts';

const rows = (...list: [path: string, kind: string, name?: string, more?: Partial<PlaceImportRow>][]) =>
  list.map(([path, kind, name = path, more = {}], at) => ({ line: at + 2, row: { path, kind, name, ...more } }));
const nothing = new Map<string, Standing>();

describe('planning an import', () => {
  test('puts parents before children whatever the order of the rows', () => {
    const plan = planImport(rows(['P/B/301', 'house'], ['P/B', 'building'], ['P', 'project']), nothing, null);
    expect(plan.faults).toEqual([]);
    expect(plan.fresh.map((place) => place.key)).toEqual(['P', 'P/B', 'P/B/301']);
  });

  test('names the line and column of every fault at once', () => {
    const plan = planImport(
      rows(
        ['P', 'project'],
        ['P', 'project'],
        ['P/X', 'castle'],
        ['P//1', 'building'],
        ['Q/B', 'building'],
        ['P/h', 'house'],
        ['P/B', 'building', ' '],
        ['P/C', 'building', 'C', { attributes: { floors: 'many', colour: 1 } }],
      ),
      nothing,
      null,
    );
    expect(plan.faults.map((fault) => `${fault.line} ${fault.column} ${fault.code}`).sort()).toEqual([
      '3 path duplicate-row',
      '4 kind kind-unknown',
      '5 path path-invalid',
      '6 path parent-missing',
      '7 kind place-kind-misplaced',
      '8 name name-invalid',
      '9 attributes/colour unknown-field',
      '9 attributes/floors wrong-type',
    ]);
  });

  test('counts what stands already and refuses to overwrite what differs', () => {
    const standing = new Map<string, Standing>([['P', { id: 'p', path: '1/', kind: 'project', name: 'Home' }]]);
    expect(planImport(rows(['P', 'project', 'Home'], ['P/B', 'building']), standing, null)).toMatchObject({
      unchanged: 1,
      faults: [],
      fresh: [{ key: 'P/B', parentKey: 'P' }],
    });
    expect(planImport(rows(['P', 'project', 'Other']), standing, null).faults[0]?.code).toBe('place-exists');
  });

  test('hangs new top nodes only where the actor may', () => {
    expect(planImport(rows(['P', 'project']), nothing, null, false).faults[0]?.code).toBe('place-out-of-reach');
    expect(planImport(rows(['B', 'building']), nothing, { kind: 'project', depth: 1 }, false).faults).toEqual([
      { line: 2, column: 'path', code: 'place-out-of-reach' },
    ]);
  });
});
