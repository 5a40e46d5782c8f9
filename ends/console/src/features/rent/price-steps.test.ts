import { expect, test } from 'vitest';
import { stepsOf } from './price-steps.ts';

test('prices by steps are read as people write them', () => {
  expect(stepsOf('10:2.85, 20：3.85，5.85')).toEqual([
    { upTo: 10_000, price: 28_500 },
    { upTo: 20_000, price: 38_500 },
    { upTo: null, price: 58_500 },
  ]);
});
