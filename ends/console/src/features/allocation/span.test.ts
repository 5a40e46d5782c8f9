import { expect, test } from 'vitest';
import { spanOf } from './span.ts';

const between = (from: string, to: string) => spanOf(new Date(to).getTime() - new Date(from).getTime());

test('weeks are told in days, more in years and months', () => {
  expect(spanOf(-1)).toEqual({ days: 0 });
  expect(between('2026-01-01', '2026-02-15')).toEqual({ days: 45 });
  expect(between('2022-03-01', '2026-11-21')).toEqual({ years: 4, months: 8 });
  expect(between('2021-06-01', '2026-06-01')).toEqual({ years: 5, months: 0 });
});
