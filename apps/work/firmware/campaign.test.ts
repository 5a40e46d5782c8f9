import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CampaignPlanInvalid, checkPlan, isOpen, isTooBad, waveSizes } from './campaign.ts';

test('one, then a tenth, then the rest', () => {
  expect(waveSizes(50, [{ devices: 1 }, { percent: 10 }])).toEqual([1, 4, 45]);
  expect(waveSizes(1, [{ devices: 1 }, { percent: 10 }])).toEqual([1]);
  expect(waveSizes(3, [])).toEqual([3]);
});

test('every device is in exactly one wave', () => {
  const steps = fc.array(
    fc.oneof(
      fc.record({ devices: fc.integer({ min: 1, max: 500 }) }),
      fc.record({ percent: fc.integer({ min: 1, max: 100 }) }),
    ),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3000 }), steps, (total, waves) => {
      const sizes = waveSizes(total, waves);
      return sizes.reduce((sum, size) => sum + size, 0) === total && sizes.every((size) => size > 0);
    }),
  );
});

test('a wave of one is held by its one failure, a tenth of fifty by the sixth', () => {
  expect(isTooBad(1, 1, 0.1)).toBe(true);
  expect(isTooBad(5, 50, 0.1)).toBe(false);
  expect(isTooBad(6, 50, 0.1)).toBe(true);
  expect(isTooBad(50, 50, 1)).toBe(false);
});

test('the window is of the clock at the site, also over midnight', () => {
  const window = { from: '22:00', until: '05:00', zone: 'Asia/Shanghai', weekdays: [5] }; // Friday night
  const at = (text: string) => isOpen(window, new Date(text));
  expect(at('2026-06-05T21:59:00+08:00')).toBe(false);
  expect(at('2026-06-05T22:00:00+08:00')).toBe(true);
  expect(at('2026-06-06T04:59:00+08:00')).toBe(true);
  expect(at('2026-06-06T05:00:00+08:00')).toBe(false);
  expect(at('2026-06-06T22:30:00+08:00')).toBe(false);
  expect(isOpen({ ...window, zone: 'UTC' }, new Date('2026-06-05T22:00:00+08:00'))).toBe(false);
  expect(isOpen(undefined, new Date())).toBe(true);
});

test('a window without length is none', () => {
  expect(() => checkPlan({ window: { from: '02:00', until: '02:00', zone: 'UTC' } })).toThrow(CampaignPlanInvalid);
  expect(() => checkPlan({ window: { from: '2', until: '03:00', zone: 'UTC' } })).toThrow(CampaignPlanInvalid);
});
