import { expect, test } from 'vitest';
import { type Board, withTold } from './queries.ts';

const figure = (measure: string, num: number) => ({ measure, num, den: 10, rows: 10, value: num / 10 });
const board = { path: '1/', figures: [figure('vacancy', 1), figure('collection', 5)] } as unknown as Board;

test('a figure that was told takes the place of the one shown, the others stay; another place changes nothing', () => {
  const told = { place: '1/', figures: [figure('vacancy', 2)] };
  expect(withTold(board, told)?.figures).toEqual([figure('vacancy', 2), figure('collection', 5)]);
  expect(withTold(board, { ...told, place: '' })).toBe(board);
  expect(withTold(board, { place: '1/', figures: [] })).toBe(board);
  expect(withTold(undefined, told)).toBeUndefined();
});
