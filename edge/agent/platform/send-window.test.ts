import { clause } from '@keystead/kernel/testing';
import { expect, test } from 'vitest';
import { SendWindow } from './send-window.ts';

test('quick acknowledgements widen the window, slow ones halve it once a round', () => {
  const window = new SendWindow();
  const first = window.parameters.window;
  for (let at = 0; at < 10; at++) window.acknowledged(50_000, 20, at * 100);
  const wide = window.parameters.window;
  expect(wide).toBe(first + 500_000);
  window.acknowledged(50_000, 3_000, 10_000);
  window.acknowledged(50_000, 3_000, 10_100);
  expect(window.parameters.window).toBe(wide / 2);
  window.acknowledged(50_000, 2_500, 13_000);
  expect(window.parameters.window).toBe(wide / 4);
});

test(
  clause('I-5.3.2-2', 'a line that breaks again and again gets small messages, and large ones when it holds'),
  () => {
    const window = new SendWindow();
    expect(window.broken(1_000)).toBeUndefined();
    expect(window.broken(20_000)).toBeUndefined();
    const change = window.broken(40_000);
    expect(change).toMatchObject({ reason: 'breaks', from: { mode: 'wide' }, to: { mode: 'narrow' } });
    expect(change?.to.message).toBeLessThan(change?.from.message ?? 0);
    let recovered: unknown;
    for (let i = 0; i < 200; i++) recovered ??= window.acknowledged(1_000, 50, 60_000 + i * 1_000);
    expect(recovered).toMatchObject({ reason: 'recovered', to: { mode: 'wide' } });
  },
);

test('a line slow without end ends at the least there is, and says so once', () => {
  const window = new SendWindow();
  const changes = Array.from({ length: 20 }, (_, i) => window.acknowledged(1_000, 5_000, i * 10_000)).filter(Boolean);
  expect(changes).toHaveLength(1);
  expect(window.parameters).toMatchObject({ window: 16 * 1024, mode: 'narrow' });
});
