import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTelling } from './telling.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what comes together is handed over once, and a flood ten times a second', async () => {
  const told: string[][] = [];
  const { add } = createTelling(
    async (paths) => void told.push([...paths]),
    () => {},
  );
  for (const path of ['1/', '2/', '1/']) add(path);
  await vi.advanceTimersByTimeAsync(25);
  expect(told).toEqual([['1/', '2/']]);
  for (let ms = 0; ms < 1000; ms += 5) {
    add('3/');
    await vi.advanceTimersByTimeAsync(5);
  }
  expect(told.length).toBeGreaterThan(8);
  expect(told.length).toBeLessThanOrEqual(12);
});

test('what comes while the one before is under way follows it, also when that failed', async () => {
  const told: string[][] = [];
  const faults: unknown[] = [];
  let release = (): void => {};
  const { add } = createTelling(
    async (paths) => {
      told.push([...paths]);
      await new Promise<void>((go) => {
        release = go;
      });
      if (told.length === 1) throw new Error('lost');
    },
    (cause) => void faults.push(cause),
  );
  add('1/');
  await vi.advanceTimersByTimeAsync(30);
  add('2/');
  await vi.advanceTimersByTimeAsync(5000);
  expect(told).toEqual([['1/']]);
  release();
  await vi.advanceTimersByTimeAsync(200);
  expect([told, faults.length]).toEqual([[['1/'], ['2/']], 1]);
});
