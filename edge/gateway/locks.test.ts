import { lockModelGaps } from '@keystead/contracts/lock';
import { clause } from '@keystead/kernel/testing';
import { describe, expect, test } from 'vitest';
import type { LockBench } from './testing/locks/bench.ts';
import { openFrameBench } from './testing/locks/frame-bench.ts';
import { lockModel, openJsonBench } from './testing/locks/json-bench.ts';
import { lockContract } from './testing/locks/suite.ts';
import { eventually } from './testing/raw-mqtt.ts';

/** Their clocks begin long ago, so that ninety days of theirs are no future of ours. */
const started = Date.now() - 100 * 86_400_000;
const drivers: readonly [string, () => Promise<LockBench>][] = [
  ['JSON over MQTT', () => openJsonBench(started)],
  ['binary frames over TCP', () => openFrameBench(started)],
];

describe.each(drivers)('%s', (name, open) => {
  lockContract(name, open);

  test(clause(
    'H-6.5-e',
    `${name}: cut off twenty times, every lock returns each time, and nobody does anything`,
  ), async () => {
    const benches = await Promise.all(Array.from({ length: 5 }, open));
    try {
      for (let round = 1; round <= 20; round++) {
        await eventually(() => benches.every((bench) => bench.connected()), 10_000);
        for (const bench of benches) bench.cut();
        for (const { hand } of benches) hand.leave();
        await eventually(() => benches.every((bench) => !bench.connected()), 10_000);
        for (const bench of benches) bench.mend();
        const returned = () => benches.filter((bench) => bench.connected()).length;
        await eventually(() => returned() === benches.length, 10_000);
        const told = () => benches.filter(({ log }) => log.openings('out').length === round).length;
        await eventually(() => told() === benches.length, 10_000);
      }
      expect(benches.flatMap(({ log }) => log.missing())).toEqual([]);
    } finally {
      await Promise.all(benches.map((bench) => bench.close()));
    }
  }, 60_000);
});

test('the model behind the first driver is a lock for the platform', () => {
  expect(lockModelGaps(lockModel)).toEqual([]);
});
