import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type BillRules,
  dueOnOf,
  lateFeeOf,
  linesOf,
  monthOf,
  priceOf,
  rentMonthsOwed,
  type Subject,
  share,
  tariffAt,
} from './calculation.ts';

const rules: BillRules = { dueDay: 10, lateGrace: 0 };
const subjects = new Map<string, Subject>(
  ['rent', 'water', 'parking', 'deposit', 'late-fee'].map((code, rank) => [
    code,
    { code, rank, fund: code === 'deposit' ? 'deposit' : 'income' },
  ]),
);
const water = [
  {
    subject: 'water',
    effectiveOn: '2026-01-01',
    steps: [
      { upTo: 10_000, price: 30_000 },
      { upTo: 20_000, price: 45_000 },
      { upTo: null, price: 90_000 },
    ],
  },
];
type FeeOf = { subject: string; basis: Record<string, unknown>; startsOn?: string; endsOn?: string | null };
const bill = (fees: FeeOf[], period = '2026-06', more: object = {}) =>
  linesOf({
    lease: {
      ...{ startsOn: '2026-01-01', endsOn: '2026-12-31', staying: false },
      fees: fees.map((fee) => ({ startsOn: '2026-01-01', endsOn: null, ...fee })),
      ...more,
    },
    ...{ period, subjects, tariffs: water, rules, overdue: [], lateRates: [] },
    usages: [{ subject: 'water', quantity: 25_500, begin: 100_000, end: 125_500 }],
  }).map(({ subject, amount }) => [subject, amount]);
const rent = (amount: number, more: object = {}) => ({ subject: 'rent', basis: { kind: 'fixed', amount, ...more } });

describe('fixed fees', () => {
  test('a whole month costs the whole amount; a month begun or ended is by days', () => {
    expect(bill([rent(60_000)])).toEqual([['rent', 60_000]]);
    expect(bill([rent(60_000)], '2026-06', { startsOn: '2026-06-16' })).toEqual([['rent', 30_000]]);
    expect(bill([rent(60_000)], '2026-12', { endsOn: '2026-12-10' })).toEqual([['rent', 19_355]]);
    expect(bill([rent(60_000)], '2027-01')).toEqual([]);
    expect(bill([rent(60_000)], '2027-01', { staying: true })).toEqual([['rent', 60_000]]);
  });

  test('a price that changes within a month is by days of each; the same price in two stretches adds up', () => {
    const two = (first: number, second: number, day: number) => [
      { ...rent(first), endsOn: `2026-07-${String(day).padStart(2, '0')}` },
      { ...rent(second), startsOn: `2026-07-${String(day + 1).padStart(2, '0')}` },
    ];
    expect(bill(two(31_000, 62_000, 10), '2026-07')).toEqual([
      ['rent', 10_000],
      ['rent', 42_000],
    ]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: 1, max: 30 }), (amount, day) => {
        const sum = bill(two(amount, amount, day), '2026-07').reduce((all, [, part]) => all + Number(part), 0);
        expect(sum).toBe(amount);
      }),
    );
  });

  test('a quarter is billed in its first month, a single fee in the month it begins, a discount taken off', () => {
    expect(bill([rent(180_000, { months: 3 })], '2026-04')).toEqual([['rent', 180_000]]);
    expect(bill([rent(180_000, { months: 3 })], '2026-05')).toEqual([]);
    const deposit = { subject: 'deposit', basis: { kind: 'once', amount: 100_000 } };
    expect([bill([deposit], '2026-01'), bill([deposit], '2026-02')]).toEqual([[['deposit', 100_000]], []]);
    expect(bill([rent(60_001, { discount: 500 })])).toEqual([['rent', 30_000]]);
    expect(bill([rent(60_000, { discount: 1000 })])).toEqual([]);
  });
});

describe('metered fees', () => {
  test('each step has its price, rounded once at the end', () => {
    expect(bill([{ subject: 'water', basis: { kind: 'metered' } }])).toEqual([['water', 3000 + 4500 + 4950]]);
    expect(priceOf([{ upTo: null, price: 1 }], 49_999)).toBe(0);
    expect(priceOf([{ upTo: null, price: 1 }], 50_000)).toBe(1);
    expect(priceOf([{ upTo: null, price: 5_538 }], 123_456)).toBe(6837);
  });

  test('more never costs less, and what steps cost is what their parts cost', () => {
    const steps = water[0]?.steps ?? [];
    fc.assert(
      fc.property(fc.nat(90_000), fc.nat(90_000), (a, b) => {
        expect(priceOf(steps, a + b)).toBeGreaterThanOrEqual(priceOf(steps, a));
        const exact =
          Math.min(a, 10_000) * 3 + Math.max(0, Math.min(a, 20_000) - 10_000) * 4.5 + Math.max(0, a - 20_000) * 9;
        expect(Math.abs(priceOf(steps, a) - exact / 10)).toBeLessThanOrEqual(0.5 + 1e-9);
      }),
    );
  });

  test('the tariff is the newest one in force on the first of the month', () => {
    const tariffs = ['2026-01-01', '2026-06-01', '2026-06-02'].map((effectiveOn) => ({
      subject: 'water',
      effectiveOn,
      steps: [],
    }));
    expect(tariffAt(tariffs, 'water', '2026-06-01')?.effectiveOn).toBe('2026-06-01');
    expect(tariffAt(tariffs, 'gas', '2026-06-01')).toBeUndefined();
  });
});

describe('late fees', () => {
  test('by days of the month before, after the grace, on fees only', () => {
    const owed = [
      { dueOn: '2026-05-10', billedOn: '2026-05-01', open: 60_000 },
      { dueOn: '2026-03-10', billedOn: '2026-03-01', open: 10_000 },
      { dueOn: '2026-06-10', billedOn: '2026-06-01', open: 70_000 },
    ];
    const rate = (permyriad: number, from = '2026-05-01') => ({ from, permyriad, policy: 'p' });
    expect(lateFeeOf(owed, '2026-06', 5, [rate(5)])).toBe(30 * 16 + 5 * 31);
    expect(lateFeeOf(owed, '2026-06', 5, [rate(0)])).toBe(0);
    // Another rate from the twentieth on: each day costs what it did cost.
    const changed = [rate(5), rate(8, '2026-05-20')];
    expect(lateFeeOf(owed, '2026-06', 5, changed)).toBe(30 * 4 + 48 * 12 + 5 * 19 + 8 * 12);
    const one = { dueOn: '2026-05-30', billedOn: '2026-05-01', open: 100_000 };
    expect(lateFeeOf([one], '2026-06', 0, [rate(2.5)])).toBe(25);
    // What was billed after its day is late a week after that.
    const water = { ...one, dueOn: '2026-05-10' };
    const from = (billedOn: string) => lateFeeOf([{ ...water, billedOn }], '2026-06', 0, [rate(10)]) / 100;
    expect([
      from('2026-05-10'),
      from('2026-05-11'),
      from('2026-05-23'),
      from('2026-05-24'),
      from('2026-06-02'),
    ]).toEqual([...[21, 13, 1, 0, 0]]);
  });

  test('months of rent are counted in all, and of a longer cycle those that have begun', () => {
    const fee = (startsOn: string, endsOn: string | null, months?: number) => ({
      ...{ subject: 'rent', startsOn, endsOn },
      basis: { kind: 'fixed', amount: 1, ...(months && { months }) },
    });
    const fees = [fee('2026-01-01', '2026-06-30'), fee('2026-07-01', null, 3)];
    expect(rentMonthsOwed(['2026-01', '2026-03', '2026-04'], fees, '2026-05-20')).toBe(3);
    expect(rentMonthsOwed(['2026-06', '2026-07'], fees, '2026-08-15')).toBe(1 + 2);
    expect(rentMonthsOwed(['2026-07'], fees, '2026-12-01')).toBe(3);
    expect(rentMonthsOwed([], fees, '2026-12-01')).toBe(0);
  });

  test('a bill is due on the day of the month, or a week into a lease that began later', () => {
    expect(dueOnOf('2026-06', '2026-01-01', rules)).toBe('2026-06-10');
    expect(dueOnOf('2026-06', '2026-06-20', rules)).toBe('2026-06-27');
  });
});

test('shares are exact beyond what a double holds, halves up', () => {
  expect(share(1, 1, 2)).toBe(1);
  expect(share(900_000_000_000_001, 999, 1000)).toBe(899_100_000_000_001);
  expect(monthOf('2028-02')).toEqual({ first: '2028-02-01', last: '2028-02-29', days: 29 });
});
