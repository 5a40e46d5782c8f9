import fc from 'fast-check';
import { expect, test } from 'vitest';
import { delayOf, readAgentLines } from './line.ts';

test('lines of an agent are read by device, whatever else stands there', () => {
  const text = JSON.stringify({
    bus: { '': ['up', 1, 0, 0, null], 'PLC-1': ['down', 3, 2, 1, 12.5], odd: 'x', worse: [7] },
    list: [],
  });
  expect([...readAgentLines(text)]).toEqual([
    ['PLC-1', { state: 'down', lost: 3, damaged: 2, breaks: 1, latency: 12.5 }],
  ]);
  fc.assert(
    fc.property(fc.json(), (json) => {
      for (const { lost, damaged, breaks } of readAgentLines(json).values())
        expect(Math.min(lost, damaged, breaks)).toBeGreaterThanOrEqual(0);
    }),
    { seed: 3, numRuns: 500 },
  );
});

test('a delay that can only be a wrong clock or a backlog is none', () => {
  expect([delayOf(1_000_000, 1_250_000), delayOf(2_000_000, 1_000_000), delayOf(0, 90_000_000)]).toEqual([
    250,
    undefined,
    undefined,
  ]);
});
