import { clause } from '@keystead/kernel/testing';
import { expect, test } from 'vitest';
import { entitlementOf, isStaying, type LeaseFacts } from './entitlement.ts';

const now = Date.parse('2026-06-15T00:00:00Z');
const lease = (state: string, startsOn: string, endsOn: string): LeaseFacts => ({ id: state, state, startsOn, endsOn });
const local = (date: string): number => Date.parse(`${date}T00:00:00+08:00`);

test(clause('H-9.2.1-b', 'a key ends with the last day of the lease, and goes on where the next one joins it'), () => {
  const first = lease('effective', '2026-06-01', '2027-05-31');
  expect(entitlementOf([first], now)).toEqual({ from: local('2026-06-01'), until: local('2027-06-01') });
  const next = lease('signed', '2027-06-01', '2028-05-31');
  expect(entitlementOf([next, first], now)?.until).toBe(local('2028-06-01'));
  expect(entitlementOf([first, lease('signed', '2027-06-02', '2028-05-31')], now)?.until).toBe(local('2027-06-01'));
  expect(entitlementOf([first], local('2027-06-01') - 1)).toBeDefined();
  expect(entitlementOf([first], local('2027-06-01'))).toBeUndefined();
});

test('unsigned, void and overrun leases give no right; those on their way hold what there is', () => {
  for (const state of ['draft', 'pending-tenant', 'pending-lessor', 'holdover', 'ended', 'void', 'archived'])
    expect(entitlementOf([lease(state, '2026-06-01', '2027-05-31')], now)).toBeUndefined();
  expect(isStaying([lease('holdover', '2025-06-01', '2026-05-31')])).toBe(true);
  expect(isStaying([lease('ended', '2025-06-01', '2026-05-31')])).toBe(false);
});
