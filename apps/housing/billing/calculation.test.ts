import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type BillRules,
  dueOnOf,
  lateFeeOf,
  linesOf,
  monthOf,
  priceOf,
  type Subject,
  share,
  tariffAt,
} from './calculation.ts';

const rules: BillRules = { dueDay: 10, lateRate: 0, lateGrace: 0 };
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
    ...{ period, subjects, tariffs: water, rules, overdue: [] },
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
    const late = { dueDay: 10, lateRate: 500, lateGrace: 5 };
    const owed = [
      { subject: 'rent', dueOn: '2026-05-10', open: 60_000 },
      { subject: 'rent', dueOn: '2026-03-10', open: 10_000 },
      { subject: 'late-fee', dueOn: '2026-03-10', open: 99_000 },
    ];
    expect(lateFeeOf(owed, '2026-06', late)).toBe(30 * 16 + 5 * 31);
    expect(lateFeeOf(owed, '2026-06', rules)).toBe(0);
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
