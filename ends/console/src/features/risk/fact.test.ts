import { expect, test } from 'vitest';
import { factShown } from './fact.ts';

test('money is shown in yuan, a share in per cent, a count as it is', () => {
  expect([factShown('owed', 123_450), factShown('night-share', 0.456), factShown('water-a-day', 1234.567)]).toEqual([
    '1,234.50',
    '46%',
    '1,234.57',
  ]);
});
