import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { refreshSoon } from './soon.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('many changes, told by several parts of a page, are fetched once; the next storm is fetched again', async () => {
  const client = new QueryClient();
  let asked = 0;
  const observer = new QueryObserver(client, { queryKey: ['alarms', 'list'], queryFn: () => ++asked });
  const stop = observer.subscribe(() => {});
  await vi.advanceTimersByTimeAsync(10);
  expect(asked).toBe(1);
  for (let n = 0; n < 50; n++) refreshSoon(client, ['alarms', 'list'], 600);
  await vi.advanceTimersByTimeAsync(599);
  expect(asked).toBe(1);
  await vi.advanceTimersByTimeAsync(10);
  expect(asked).toBe(2);
  refreshSoon(client, ['alarms', 'list'], 600);
  await vi.advanceTimersByTimeAsync(700);
  expect(asked).toBe(3);
  stop();
  client.clear();
});

test('an answer that was under way is not taken for the new one', async () => {
  const client = new QueryClient();
  let truth = 'before';
  const observer = new QueryObserver(client, {
    queryKey: ['slow'],
    queryFn: async () => {
      const read = truth;
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return read;
    },
  });
  const stop = observer.subscribe(() => {});
  await vi.advanceTimersByTimeAsync(100);
  truth = 'after';
  refreshSoon(client, ['slow'], 300);
  await vi.advanceTimersByTimeAsync(1100);
  expect(client.getQueryData(['slow'])).toBe('before');
  await vi.advanceTimersByTimeAsync(1500);
  expect(client.getQueryData(['slow'])).toBe('after');
  stop();
  client.clear();
});
