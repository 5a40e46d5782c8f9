import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { balanced, sumOf } from './account.ts';
import { allocate, type OpenCharge, owed, settled, waived } from './settlement.ts';

const charge = fc.record({
  id: fc.uuid(),
  agreement: fc.constant('a'),
  subject: fc.constantFrom('rent', 'water', 'deposit'),
  fund: fc.constantFrom('income' as const, 'deposit' as const),
  dueOn: fc.constantFrom('2026-01-05', '2026-02-05', '2026-03-05'),
  rank: fc.integer({ min: 1, max: 9 }),
  open: fc.integer({ min: 1, max: 500_000 }),
});
const charges = fc.uniqueArray(charge, { selector: ({ id }) => id, maxLength: 12 });

const one = (id: string, dueOn: string, rank: number, open: number): OpenCharge => ({
  ...{ id, dueOn, rank, open },
  agreement: 'a',
  subject: 's',
  fund: 'income',
});

describe('putting money on charges', () => {
  test('the oldest is settled first, within a day rent before the rest', () => {
    const open = [
      one('late-fee', '2026-01-05', 9, 300),
      one('new', '2026-02-05', 1, 100),
      one('rent', '2026-01-05', 1, 200),
    ];
    const { shares, left } = allocate(open, 550);
    expect(shares.map(({ charge, amount }) => [charge.id, amount])).toEqual([
      ['rent', 200],
      ['late-fee', 300],
      ['new', 50],
    ]);
    expect(left).toBe(0);
  });

  test('what the payer named goes first', () => {
    const open = [one('old', '2026-01-05', 1, 200), one('named', '2026-03-05', 1, 100)];
    expect(allocate(open, 150, new Set(['named'])).shares.map(({ charge }) => charge.id)).toEqual(['named', 'old']);
  });

  test('no cent is lost, none made, and nothing later is paid while something earlier is owed', () => {
    fc.assert(
      fc.property(charges, fc.integer({ min: 0, max: 3_000_000 }), (open, money) => {
        const { shares, left } = allocate(open, money);
        expect(shares.reduce((sum, { amount }) => sum + amount, 0) + left).toBe(money);
        for (const share of shares) expect(share.amount).toBeLessThanOrEqual(share.charge.open);
        const paid = new Map(shares.map(({ charge, amount }) => [charge.id, amount]));
        const short = open.filter(({ id, open }) => (paid.get(id) ?? 0) < open);
        for (const { charge } of shares)
          expect(short.every(({ dueOn, id }) => id === charge.id || dueOn >= charge.dueOn)).toBe(true);
      }),
    );
  });

  test('each kind of entry sums to zero, and with its opposite comes to nothing', () => {
    fc.assert(
      fc.property(charge, ({ subject, fund, open }) => {
        for (const kind of [
          (amount: number) => owed('a', subject, fund, amount),
          (amount: number) => settled('a', fund, amount),
          (amount: number) => waived('a', subject, fund, amount),
        ]) {
          expect(sumOf(kind(open))).toBe(0);
          expect(balanced([...kind(open), ...kind(-open)])).toEqual([]);
        }
      }),
    );
  });

  test('entries that do not balance, or are no whole cents, are refused', () => {
    expect(() => balanced([{ account: 'bank', amount: 1 }])).toThrow(RangeError);
    expect(() =>
      balanced([
        { account: 'bank', amount: 0.5 },
        { account: 'prepaid', amount: -0.5 },
      ]),
    ).toThrow(RangeError);
  });
});
