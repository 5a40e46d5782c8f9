import { expect, test } from 'vitest';
import { type Latest, newest } from './latest.ts';

const point = (second: number, value: number): Latest['values'][string] => ({
  time: `2026-06-01T00:00:0${second}.000Z`,
  received: `2026-06-01T00:00:0${second}.500Z`,
  value,
  quality: 'good',
});

test('a push adds to what is known and does not take away other properties', () => {
  const before = { thing: 'a', values: { temperature: point(1, 20), humidity: point(1, 40) } };
  expect(newest(before, { thing: 'a', values: { temperature: point(2, 21) } }).values).toEqual({
    temperature: point(2, 21),
    humidity: point(1, 40),
  });
});

test('an answer that was overtaken by a push does not turn the clock back', () => {
  const pushed = { thing: 'a', values: { temperature: point(5, 25) } };
  expect(newest(pushed, { thing: 'a', values: { temperature: point(3, 23) } }).values.temperature).toEqual(
    point(5, 25),
  );
});
