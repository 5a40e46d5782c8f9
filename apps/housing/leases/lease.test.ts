import { plusDays } from '@keystead/contracts/calendar';
import { describe, expect, test } from 'vitest';
import { checkPeriod, leaseKind, standardRules } from './lease.ts';

const check = (startsOn: string, endsOn: string) => () => checkPeriod(startsOn, endsOn, '2026-06-01', standardRules);

describe('the period of a lease', () => {
  test('five years are the most, to the day, also from a leap day', () => {
    expect(check('2026-06-01', '2031-05-31')).not.toThrow();
    expect(check('2026-06-01', '2031-06-01')).toThrow('too-long');
    expect(() => checkPeriod('2028-02-29', '2033-02-27', '2028-02-01', standardRules)).not.toThrow();
  });

  test('it has real dates in order, and begins a month back at most', () => {
    expect(check('2026-02-30', '2027-01-01')).toThrow('no-date');
    expect(check('2026-07-01', '2026-06-30')).toThrow('order');
    expect(check('2026-05-01', '2027-01-01')).not.toThrow();
    expect(check('2026-04-30', '2027-01-01')).toThrow('too-early');
  });

  test('days are counted over month ends', () => {
    expect(plusDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(plusDays('2028-03-01', -1)).toBe('2028-02-29');
  });
});

test('every state but the first is reached by a step, and every state a step names is left by one or is an end', () => {
  const steps = Object.values(leaseKind.steps);
  const reached = new Set(steps.map(({ to }) => to));
  for (const state of steps.flatMap(({ from }) => from))
    expect(state === leaseKind.first || reached.has(state)).toBe(true);
  const left = new Set(steps.flatMap(({ from }) => from));
  expect([...reached].filter((state) => !left.has(state))).toEqual(['archived']);
});
