import { describe, expect, test } from 'vitest';
import { layOut } from './grid.ts';
import type { Place } from './place.ts';

let made = 0;
const place = (kind: Place['kind'], code: string, parent: Place | null, attributes = {}): Place => ({
  id: `id-${++made}`,
  organisation: 'o',
  parent: parent?.id ?? null,
  kind,
  code,
  name: code,
  path: `${parent?.path ?? ''}${made}/`,
  order: 0,
  tags: [],
  divisionCode: null,
  retired: false,
  attributes,
  geometry: null,
  version: 1,
});

describe('a building as a grid', () => {
  test('storeys of all units stand in one row, the top first, basements below', () => {
    const building = place('building', 'B1', null);
    const units = ['U1', 'U2'].map((code) => place('unit', code, building));
    const floors = units.flatMap((unit) => ['B1', '1', '2', '10'].map((code) => place('floor', code, unit)));
    const houses = floors.flatMap((floor) => ['02', '01'].map((code) => place('house', `${floor.code}${code}`, floor)));
    const grid = layOut(building, [building, ...units, ...floors, ...houses]);
    expect(grid.floors.map((row) => row.level)).toEqual([10, 2, 1, -1]);
    expect(grid.floors[0]?.floors).toHaveLength(2);
    expect(grid.floors[0]?.houses.map((house) => [house.unit, house.code])).toEqual([
      [units[0]?.id, '1001'],
      [units[0]?.id, '1002'],
      [units[1]?.id, '1001'],
      [units[1]?.id, '1002'],
    ]);
    expect(grid.houses).toBe(16);
  });

  test('homes without a floor are laid out by the storey in their attributes or number', () => {
    const building = place('building', 'B1', null);
    const houses = [place('house', '1203', building), place('house', 'A', building, { level: 3 })];
    expect(layOut(building, [building, ...houses]).floors.map((row) => [row.level, row.houses[0]?.code])).toEqual([
      [12, '1203'],
      [3, 'A'],
    ]);
  });
});
