import { describe, expect, test } from 'vitest';
import { rangeOf, rangeText } from './range.ts';

const now = new Date('2026-06-01T04:00:00Z');

describe('a time range in an address', () => {
  test('a named span ends now', () => {
    expect(rangeOf('1h', now)).toEqual({ from: new Date('2026-06-01T03:00:00Z'), to: now });
  });

  test('two instants come back as they were written', () => {
    const range = { from: new Date('2026-05-01T00:00:00Z'), to: new Date('2026-05-02T00:00:00Z') };
    expect(rangeOf(rangeText(range), now)).toEqual(range);
  });

  test.each(['', 'yesterday', 'x~y', '2026-05-02T00:00:00Z~2026-05-01T00:00:00Z', 'toString'])(
    '%j means the last 24 hours',
    (text) => {
      expect(rangeOf(text, now)).toEqual({ from: new Date('2026-05-31T04:00:00Z'), to: now });
    },
  );
});
