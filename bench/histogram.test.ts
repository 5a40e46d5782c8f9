import { expect, test } from 'vitest';
import { merge, newHistogram, percentile, record } from './histogram.ts';

test('percentiles are within two percent and never better than what was measured', () => {
  const parts = [newHistogram(), newHistogram()];
  const all: number[] = [];
  for (let n = 0; n < 10_000; n++) {
    const ms = 0.05 * 1.0012 ** n;
    all.push(ms);
    record(parts[n % 2] ?? newHistogram(), ms);
  }
  const merged = merge(parts);
  expect(merged.total).toBe(10_000);
  for (const share of [0.01, 0.5, 0.95, 0.99, 0.999, 1]) {
    const exact = all[Math.ceil(10_000 * share) - 1] ?? 0;
    const found = percentile(merged, share);
    expect(found).toBeGreaterThanOrEqual(exact * 0.9999);
    expect(found).toBeLessThanOrEqual(exact * 1.022);
  }
});

test('without samples there is no percentile', () => {
  expect(percentile(newHistogram(), 0.5)).toBeNaN();
});
