import { expect, test } from 'vitest';
import { siteDate } from './time.ts';

test('the date is that of the site, also while Greenwich still has the day before', () => {
  const early = Date.parse('2026-05-31T16:30:00Z'); // half past midnight on the site
  expect(siteDate(0, early)).toBe('2026-06-01');
  expect([siteDate(-1, early), siteDate(30, early)]).toEqual(['2026-05-31', '2026-07-01']);
});
