import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readResidentId, residentIdFault } from './resident-id.ts';

test.each(['11010519491231002X', '11010519491231002x', '440308199901101512', '810000199001010019'])(
  '%s is a resident number',
  (id) => expect(residentIdFault(id)).toBeUndefined(),
);

test.each([
  ['1101051949123100', 'length'],
  ['1101051949123100A2', 'digits'],
  ['110105194902300021', 'birth-date'],
  ['110105194912310021', 'check-digit'],
])('%s is none: %s', (id, fault) => expect(residentIdFault(id)).toBe(fault));

test('one wrong digit is always found', () => {
  const id = '440308199901101512';
  fc.assert(
    fc.property(fc.nat(16), fc.integer({ min: 1, max: 9 }), (at, by) => {
      const digit = (Number(id[at]) + by) % 10;
      return residentIdFault(id.slice(0, at) + digit + id.slice(at + 1)) !== undefined;
    }),
    { seed: 11643, numRuns: 500 },
  );
});

test('it tells division, birth and sex', () => {
  expect(readResidentId('11010519491231002x')).toEqual({ division: '110105', birth: '1949-12-31', sex: 'female' });
  expect(readResidentId('440308199901101512').sex).toBe('male');
  expect(() => readResidentId('1')).toThrow(RangeError);
});
