import { expect, test } from 'vitest';
import { chosenPages, pageAt, screenPages, secondsOf } from './rotation.ts';

test('an address names pages in its order; unknown names are passed over', () => {
  expect(chosenPages('fee,nothing,house').map(({ name }) => name)).toEqual(['fee', 'house']);
  expect(chosenPages('nothing')).toBe(screenPages);
  expect(chosenPages(undefined)).toBe(screenPages);
});

test('pages turn by the clock, each for its seconds, and begin again', () => {
  const shown = [0, 9.9, 10, 29, 39.9, 40].map((second) => pageAt(second * 1000, 10, 4));
  expect(shown).toEqual([0, 0, 1, 2, 3, 0]);
  expect([secondsOf('10'), secondsOf('4'), secondsOf('601'), secondsOf('x'), secondsOf(undefined)]).toEqual([
    10, 20, 20, 20, 20,
  ]);
});
