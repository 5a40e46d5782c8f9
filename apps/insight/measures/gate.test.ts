import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createGate } from './gate.ts';

test('no more than so many are under way at once, all are done, and a failure frees its place', async () => {
  const gate = createGate(2);
  let under = 0;
  let most = 0;
  const order: number[] = [];
  const work = async (n: number): Promise<number> => {
    under += 1;
    most = Math.max(most, under);
    order.push(n);
    await sleep(1);
    under -= 1;
    if (n === 3) throw new Error('three');
    return n;
  };
  const ends = await Promise.allSettled([0, 1, 2, 3, 4, 5, 6].map((n) => gate(() => work(n))));
  expect(most).toBe(2);
  expect(order).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(ends.map((end) => (end.status === 'fulfilled' ? end.value : 'failed'))).toEqual([0, 1, 2, 'failed', 4, 5, 6]);
  expect(await gate(() => work(7))).toBe(7);
});
