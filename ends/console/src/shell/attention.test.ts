import { expect, test } from 'vitest';
import { createAttention } from './attention.ts';

test('a page nobody touched for a minute asks by itself; a touch brings it back', () => {
  const page = new EventTarget();
  let time = 0;
  const attention = createAttention(page, () => time);
  expect(attention.isThere()).toBe(true);
  time = 60_000;
  expect(attention.isThere()).toBe(false);
  page.dispatchEvent(new Event('keydown'));
  time = 100_000;
  expect(attention.isThere()).toBe(true);
  attention.leave();
  time = 130_000;
  page.dispatchEvent(new Event('pointerdown'));
  expect(attention.isThere()).toBe(false);
});
