import { clause } from '@keystead/kernel/testing';
import { describe, expect, test } from 'vitest';
import { reconcileDial } from './dial.ts';

// Digits as read from the photo of a dial, the register at that time, and the steps of the last wheel between them.
const photos: readonly [dial: string, register: number, lastPlaces: number][] = [
  ['00000', 0, 0],
  ['00012', 12, 0],
  ['00012', 12.9, 0],
  ['00013', 12.999, 1],
  ['00012', 13.2, 1],
  ['00012', 14, 2],
  ['00012.345', 12.345, 0],
  ['00012.345', 12.3459, 0],
  ['00012.345', 12.346, 1],
  ['00012.345', 12.344, 1],
  ['00012.345', 12.347, 2],
  ['99999', 99_999, 0],
  ['00000', 99_999, 1],
  ['99999', 100_000, 1],
  ['00001', 99_999, 2],
  ['04321.5', 4_321.5, 0],
  ['04321.6', 4_321.5, 1],
  ['04331.5', 4_321.5, 100],
  ['123456.78', 123_456.78, 0],
  ['0.1', 0.3, 2],
];

describe('a dial and its register', () => {
  test.each(photos)(
    clause('H-6.4-b-1', 'a photo of %s against a register of %f is %i steps of the last place away'),
    (dial, register, lastPlaces) => {
      expect(reconcileDial(dial, register)).toEqual({ lastPlaces, agrees: lastPlaces <= 1 });
    },
  );

  test('what is no reading is compared with nothing', () => {
    for (const [dial, register] of [
      ['', 1],
      ['12,5', 12.5],
      ['-1', 1],
      ['1e3', 1000],
      ['12', Number.NaN],
      ['12', -1],
    ] as const)
      expect(reconcileDial(dial, register)).toBeUndefined();
  });
});
