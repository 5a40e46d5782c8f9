import { expect, test } from 'vitest';
import { blocksOf, cellsOf, shortName } from './grid-layout.ts';

const house = (id: string, unit: string | null) => ({ id, name: id, unit });
const units = [
  { id: 'u1', name: '1 单元' },
  { id: 'u2', name: '2 单元' },
];
const top = { label: '2', houses: [house('201', 'u1'), house('202', 'u1'), house('203', 'u2')] };
const ground = { label: '1', houses: [house('101', 'u1'), house('103', 'u2'), house('shop', null)] };

test('a unit is as wide as its widest storey; units without houses take no room', () => {
  expect(blocksOf([...units, { id: 'u3', name: '3 单元' }], [top, ground])).toEqual([
    { id: 'u1', name: '1 单元', columns: 2 },
    { id: 'u2', name: '2 单元', columns: 1 },
    { id: null, name: '', columns: 1 },
  ]);
});

test('houses stand under their unit on every storey, with holes where one is missing', () => {
  const blocks = blocksOf(units, [top, ground]);
  expect(cellsOf(top, blocks).map((each) => each?.id)).toEqual(['201', '202', '203', undefined]);
  expect(cellsOf(ground, blocks).map((each) => each?.id)).toEqual(['101', undefined, '103', 'shop']);
});

test.each([
  ['1号楼2单元2401', '2401'],
  ['301室', '301'],
  ['A座12B', '12B'],
  ['门卫室', '门卫室'],
])('in its building %s is called %s', (name, short) => {
  expect(shortName(name)).toBe(short);
});
