import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { crowd, deedsOf, tookOf, usualPlan } from './crowd.ts';

test('a person acts as often as planned, with the planned mixture, the same in every run', () => {
  const plan = { ...usualPlan, seconds: 3000 };
  const deeds = deedsOf(plan, 1);
  expect(deeds.length).toBeGreaterThan(900);
  expect(deeds.length).toBeLessThan(1100);
  const share = (operation: string) => deeds.filter((each) => each.operation === operation).length / deeds.length;
  expect(share('login')).toBeCloseTo(0.05, 1);
  expect(share('command')).toBeCloseTo(0.2, 1);
  expect(deedsOf(plan, 1)).toEqual(deeds);
  expect(deedsOf(plan, 2)[0]).not.toEqual(deeds[0]);
});

test('a slow answer is charged to everything its person meant to do meanwhile', async () => {
  let asked = 0;
  const person = {
    does: async () => {
      asked += 1;
      await sleep(asked === 1 ? 400 : 0);
    },
  };
  const plan = { ...usualPlan, seconds: 0.4, pause: 0.04, login: 0, command: 0 };
  const { byOperation, failed } = await crowd([person], plan);
  expect(failed).toBe(0);
  // A crowd that waited would have had one slow answer among quick ones.
  expect(byOperation.query.mean).toBeGreaterThan(100);
});

test('what is refused is counted with its reason', async () => {
  const person = { does: () => Promise.reject(new Error('no')) };
  const result = await crowd([person], { ...usualPlan, seconds: 0.2, pause: 0.02 });
  expect(result.failed).toBeGreaterThan(0);
  expect(result.reason).toContain('no');
});

test('mean and 95th percentile', () => {
  expect(tookOf([1, 2, 3])).toEqual({ count: 3, mean: 2, p95: 3 });
  expect(tookOf([])).toEqual({ count: 0, mean: 0, p95: 0 });
});
