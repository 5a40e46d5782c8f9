import { expect, test } from 'vitest';
import { type House, withState } from './queries.ts';

const house = { id: 'h', state: 'vacant', repairing: false, version: 3 } as House;

test('a state that was told is shown at once; what is no state leaves the house as it is', () => {
  expect(withState(house, { id: 'h', to: 'disabled', repairing: true })).toEqual({
    ...house,
    ...{ state: 'disabled', repairing: true },
  });
  expect(withState(house, { id: 'h', to: 'elsewhere', repairing: true })).toBe(house);
  expect(withState(undefined, { id: 'h', to: 'vacant', repairing: false })).toBeUndefined();
});
