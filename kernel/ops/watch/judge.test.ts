import { movableClock } from '@keystead/kernel/base';
import { expect, test } from 'vitest';
import { type Condition, judge, type Limit, type Look } from './judge.ts';

const cpu: Limit = { troubled: 90, well: 75, forSeconds: 30, severity: 2, on: true };

/** States after looks ten seconds apart. */
function course(looks: Look[], limit: Limit = cpu): string {
  const clock = movableClock('2026-06-01T00:00:00Z');
  let condition: Condition = { state: 'well', since: clock.now() };
  return looks
    .map((look) => {
      clock.pass(10);
      condition = judge(condition, look, limit, clock.now());
      return condition.state === 'well' ? '.' : 'T';
    })
    .join('');
}

const values = (...numbers: number[]): Look[] => numbers.map((value) => ({ value }));

test('a value must stay beyond its limit, and a single good one begins the count anew', () => {
  expect(course(values(95, 95, 95, 95, 95))).toBe('...TT');
  expect(course(values(95, 95, 10, 95, 95, 95, 95))).toBe('......T');
});

test('between the two limits everything stays as it is, so that nothing flutters', () => {
  expect(course(values(95, 95, 95, 95, 80, 89, 76, 80))).toBe('...TTTTT');
  expect(course(values(95, 95, 95, 95, 70, 80, 70, 70, 70, 70))).toBe('...TTTTTT.');
});

test('where low is bad the limits are read the other way', () => {
  const days: Limit = { troubled: 14, well: 15, forSeconds: 0, severity: 2, on: true };
  expect(course(values(100, 15, 14, 3, 90), days)).toBe('..TT.');
});

test('a probe that cannot read is trouble too, and no proof of being well', () => {
  const broken: Look = { failed: 'no answer' };
  expect(course([broken, broken, broken, broken])).toBe('...T');
  expect(course([...values(95, 95, 95, 95), broken, broken, broken, broken])).toBe('...TTTTT');
});

test('switching a probe off ends its trouble', () => {
  const now = new Date();
  const troubled: Condition = { state: 'troubled', since: now };
  expect(judge(troubled, { value: 99 }, { ...cpu, on: false }, now).state).toBe('well');
});
