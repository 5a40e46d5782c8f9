import { dateOf, defaultZone, localTime } from '@keystead/contracts/calendar';
import { clause } from '@keystead/kernel/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cycles, freeDayRules, momentsBetween, nextAfter, type Recurrence } from './recurrence.ts';
import { isWorkday } from './working-days.ts';

const base = { interval: 1, at: '09:00', from: '2026-01-31', freeDays: 'keep' } as const;
const start = new Date('2026-01-01T00:00:00Z');
const twoYears = new Date('2028-01-31T15:59:00Z');
const dates = (rule: Recurrence, upTo = twoYears) =>
  momentsBetween(rule, start, upTo, isWorkday, 10_000).map(({ at }) =>
    dateOf(localTime(defaultZone, at.getTime()).day),
  );

describe('what returns', () => {
  test(clause('I-5.2.3-e-1', 'day, week, month, quarter and year name the right dates for two years'), () => {
    const daily = dates({ ...base, every: 'day' });
    expect([daily.length, daily[0], daily.at(-1)]).toEqual([731, '2026-01-31', '2028-01-31']);
    const weekly = dates({ ...base, every: 'week', weekdays: [1, 4] });
    expect(weekly.slice(0, 4)).toEqual(['2026-02-02', '2026-02-05', '2026-02-09', '2026-02-12']);
    expect(weekly).toHaveLength(209);
    const monthly = dates({ ...base, every: 'month' });
    expect(monthly.slice(0, 5)).toEqual(['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31']);
    expect(monthly).toHaveLength(25);
    expect(dates({ ...base, every: 'quarter', monthDay: 15, from: '2026-02-01' })).toEqual([
      ...['2026-02-15', '2026-05-15', '2026-08-15', '2026-11-15'],
      ...['2027-02-15', '2027-05-15', '2027-08-15', '2027-11-15'],
    ]);
    expect(dates({ ...base, every: 'year', from: '2026-03-05' })).toEqual(['2026-03-05', '2027-03-05']);
    const leap = { ...base, every: 'year', from: '2024-02-29' } as const;
    expect(
      momentsBetween(leap, new Date('2024-01-01'), new Date('2028-12-31'), isWorkday).map(({ key }) =>
        key.slice(0, 10),
      ),
    ).toEqual(['2024-02-29', '2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29']);
  });

  test('a free day is kept, left out or moved, and two that meet are one', () => {
    // 2026-10-01 to -07 are free, 2026-10-10 (Saturday) is worked.
    const monthly = { ...base, every: 'month', from: '2026-10-01' } as const;
    const upTo = new Date('2026-10-29T00:00:00Z');
    const of = (freeDays: Recurrence['freeDays']) => dates({ ...monthly, freeDays }, upTo);
    expect([of('keep'), of('skip'), of('next'), of('previous')]).toEqual([
      ['2026-10-01'],
      [],
      ['2026-10-08'],
      ['2026-09-30'],
    ]);
    const daily = dates({ ...base, every: 'day', from: '2026-10-01', until: '2026-10-11', freeDays: 'next' });
    expect(daily).toEqual(['2026-10-08', '2026-10-09', '2026-10-10', '2026-10-12']);
  });

  test('it does not matter in how many pieces one looks: each moment once, in order', () => {
    fc.assert(
      fc.property(
        fc.record({
          every: fc.constantFrom(...cycles),
          interval: fc.integer({ min: 1, max: 6 }),
          at: fc.constantFrom('00:00', '09:30', '23:59'),
          from: fc.constantFrom('2025-12-31', '2026-02-01', '2024-02-29'),
          freeDays: fc.constantFrom(...freeDayRules),
          weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        }),
        fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 12 }),
        (rule, pieces) => {
          let at = start;
          const seen = pieces.flatMap((days) => {
            const upTo = new Date(at.getTime() + days * 86_400_000);
            const found = momentsBetween(rule, at, upTo, isWorkday, 10_000);
            at = upTo;
            return found;
          });
          const whole = momentsBetween(rule, start, at, isWorkday, 10_000);
          expect(seen).toEqual(whole);
          expect(new Set(whole.map(({ key }) => key)).size).toBe(whole.length);
          expect(whole.map(({ at: each }) => each.getTime())).toEqual(
            whole.map(({ at: each }) => each.getTime()).sort((a, b) => a - b),
          );
          if (whole[0]) expect(nextAfter(rule, start, isWorkday)).toEqual(whole[0].at);
        },
      ),
      { seed: 7, numRuns: 400 },
    );
  });

  test('where clocks are set forward and back, a time at night comes once a day', () => {
    const rule = { ...base, every: 'day', at: '02:30', zone: 'Europe/Berlin', from: '2026-03-27' } as const;
    const spring = momentsBetween(rule, start, new Date('2026-03-31T12:00:00Z'), isWorkday);
    expect(spring).toHaveLength(5);
    const autumn = momentsBetween({ ...rule, from: '2026-10-23' }, start, new Date('2026-10-27T12:00:00Z'), isWorkday);
    expect(autumn).toHaveLength(5);
    expect(new Set([...spring, ...autumn].map(({ at }) => at.getTime())).size).toBe(10);
  });
});
