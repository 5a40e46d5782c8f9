import { expect, test } from 'vitest';
import { lineWords } from './line-words.ts';

const t = (key: string, values: Record<string, string | number> = {}) =>
  [key.replace('fleet.', ''), ...Object.values(values)].join(' ');

test('what an agent tells of its lines is said in words, with ways counted from one', () => {
  const switched = { channel: 'bus', from: 0, to: 1, reason: 'down' };
  expect(lineWords(t, 'line-switched', switched)).toBe('lineSettings bus 1 2 lineReasons.down');
  expect(lineWords(t, 'link-switched', { from: 1, to: 0, reason: 'proven', breaks: 3 })).toBe(
    'lineWay 2 1 lineReasons.proven',
  );
  expect(lineWords(t, 'link-lossy', { channel: 'bus', device: 'P', count: 3, asked: 20 })).toBe(
    'lineLost bus · P 3 20',
  );
  const [from, to] = [{ window: 65_536 }, { window: 16_384 }];
  expect(lineWords(t, 'parameters-changed', { from, to, reason: 'slow' })).toBe('lineWindow 64 16 lineReasons.slow');
  expect(lineWords(t, 'link-broken', { channel: 'bus', device: '' })).toBe('bus');
});

test('what is unknown stays as it came', () => {
  expect(lineWords(t, 'something-else', { a: 1 })).toBe('{"a":1}');
  expect(lineWords(t, 'link-broken', null)).toBe('—');
  expect(lineWords(t, 'parameters-changed', { from: 1 })).toBe('{"from":1}');
});
