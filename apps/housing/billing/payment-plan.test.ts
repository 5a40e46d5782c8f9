import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkInstalments, PaymentPlanInvalid, spread, standingOf } from './payment-plan.ts';

const parts = [
  { dueOn: '2026-07-10', amount: 30_000 },
  { dueOn: '2026-08-10', amount: 30_001 },
];

test('parts come to what is late and rise by day from today on', () => {
  expect(() => checkInstalments(parts, 60_001, '2026-07-10')).not.toThrow();
  for (const [wrong, owed, today] of [
    [parts, 60_000, '2026-07-01'],
    [parts, 60_001, '2026-07-11'],
    [[...parts].reverse(), 60_001, '2026-07-01'],
    [[{ dueOn: '2029-01-01', amount: 5 }], 5, '2026-07-01'],
    [[], 5, '2026-07-01'],
  ] as const)
    expect(() => checkInstalments(wrong, owed, today)).toThrow(PaymentPlanInvalid);
});

test('a plan is broken by a part past its day, and paid off only by all of them', () => {
  const stands = (paid: number, today: string) => standingOf(spread(parts, paid), today);
  expect(stands(0, '2026-07-10')).toBe('running');
  expect(stands(29_999, '2026-07-11')).toBe('broken');
  expect(stands(30_000, '2026-08-10')).toBe('running');
  expect(stands(60_000, '2026-08-11')).toBe('broken');
  expect(stands(60_001, '2026-12-31')).toBe('paid-off');
});

test('whatever is paid lies on the earliest parts, none holds more than it asks for', () => {
  const amounts = fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 1, maxLength: 24 });
  fc.assert(
    fc.property(amounts, fc.integer({ min: 0, max: 2e9 }), (asked, paid) => {
      const view = spread(
        asked.map((amount) => ({ dueOn: '2026-07-10', amount })),
        paid,
      );
      const total = asked.reduce((all, each) => all + each, 0);
      expect(view.reduce((all, each) => all + each.paid, 0)).toBe(Math.min(paid, total));
      const open = view.findIndex((each) => each.paid < each.amount);
      if (open >= 0) expect(view.slice(open + 1).every((each) => each.paid === 0)).toBe(true);
    }),
  );
});
