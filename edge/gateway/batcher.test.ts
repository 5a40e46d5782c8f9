import { movableClock } from '@keystead/kernel/base';
import { clause } from '@keystead/kernel/testing';
import { afterEach, expect, test, vi } from 'vitest';
import { Batcher, type Parcel } from './batcher.ts';
import { newCounters } from './counters.ts';
import { Gate } from './gate.ts';
import { gatewayLimits } from './limits.ts';
import type { Intake } from './ports.ts';
import { MemoryPorts } from './testing/memory-ports.ts';

function make(limits: Partial<typeof gatewayLimits> = {}) {
  const memory = new MemoryPorts();
  const all = { ...gatewayLimits, ...limits };
  const counters = newCounters();
  const gate = new Gate(all, counters);
  return { memory, gate, batcher: new Batcher(memory.ports.intake, gate, all, movableClock('2030-01-01'), counters) };
}

function parcel(level: 1 | 2 | 3, thing: number, settled: (thing: number, failure?: Error) => void): Parcel {
  const message = { thing, time: 0, keys: [1], values: [1], qualities: [0] };
  return {
    level,
    urgent: level === 3,
    messages: [message],
    events: [],
    bytes: 10,
    settle: (failure) => settled(thing, failure),
  };
}

afterEach(() => {
  vi.useRealTimers();
});

/** How long words of level 3 waited, ms, while `flood` words of levels 1 and 2 come each millisecond. */
async function urgentWaits(flood: number): Promise<number[]> {
  vi.useFakeTimers();
  const all = { ...gatewayLimits, queueMessages: 1e9, queueBytes: 1e12 };
  const counters = newCounters();
  // A commit takes the longer the more is in it.
  const took = (messages: number) => 5 + Math.ceil(messages / 20);
  const intake: Intake = {
    accept: (messages) => new Promise((resolve) => setTimeout(() => resolve({ batch: 1 }), took(messages.length))),
  };
  const batcher = new Batcher(intake, new Gate(all, counters), all, movableClock('2030-01-01'), counters);
  const waits: number[] = [];
  for (let at = 0; at < 1_000; at++) {
    const began = Date.now();
    batcher.submit(parcel(3, at, () => waits.push(Date.now() - began)));
    for (let n = 0; n < flood; n++) batcher.submit(parcel(n % 2 ? 1 : 2, n, () => {}));
    await vi.advanceTimersByTimeAsync(1);
  }
  await vi.advanceTimersByTimeAsync(100);
  return waits.sort((a, b) => a - b);
}

test(
  clause('H-7.3-0-1', 'a flood of the lower classes makes the slowest emergencies less than a tenth slower'),
  async () => {
    const [calm, flooded] = [await urgentWaits(0), await urgentWaits(200)];
    expect([calm.length, flooded.length]).toEqual([1_000, 1_000]);
    const p99 = (waits: readonly number[]) => waits[Math.ceil(waits.length * 0.99) - 1] ?? Number.NaN;
    expect(p99(flooded)).toBeLessThanOrEqual(p99(calm) * 1.1);
  },
);

test('what comes within the gathering time is committed together, in the order it came', async () => {
  const { memory, batcher } = make();
  const settled: number[] = [];
  for (let thing = 1; thing <= 10; thing++) batcher.submit(parcel(1, thing, (one) => settled.push(one)));
  expect(memory.batches).toHaveLength(0);
  await batcher.drained();
  expect(memory.batches).toHaveLength(1);
  expect(memory.messages.map(({ thing }) => thing)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(settled).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('a full batch does not wait, and none is larger than the limit', async () => {
  const { memory, batcher } = make({ batchMessages: 100 });
  for (let thing = 1; thing <= 1_050; thing++) batcher.submit(parcel(1, thing, () => {}));
  await batcher.drained();
  expect(memory.messages).toHaveLength(1_050);
  expect(memory.batches.map(({ messages }) => messages.length)).toEqual([...Array.from({ length: 10 }, () => 100), 50]);
});

test('[H-8.2-b] level 3 leaves before level 2 before level 1 in every sample', async () => {
  for (let sample = 0; sample < 50; sample++) {
    const { memory, batcher } = make({ batchMessages: 7 });
    memory.hold();
    const order = Array.from({ length: 40 }, (_, i) => (((i * 7 + sample * 13) % 3) + 1) as 1 | 2 | 3);
    batcher.submit(parcel(1, 0, () => {}));
    const busy = batcher.drained();
    for (const level of order) batcher.submit({ ...parcel(level, level, () => {}), urgent: false });
    memory.release();
    await busy;
    const left = memory.messages.slice(1).map(({ thing }) => thing);
    expect(left).toEqual([...order].sort((a, b) => b - a));
  }
});

test('two lanes commit at the same time, one lane never does', async () => {
  for (const lanes of [1, 2]) {
    let now = 0;
    let most = 0;
    const { gate } = make();
    const intake = {
      accept: async () => {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setTimeout(resolve, 5));
        now--;
        return { batch: 1 };
      },
    };
    const batcher = new Batcher(
      intake,
      gate,
      { ...gatewayLimits, lanes, batchMessages: 1 },
      movableClock('2030-01-01'),
      newCounters(),
    );
    for (let thing = 1; thing <= 6; thing++) batcher.submit(parcel(1, thing, () => {}));
    await batcher.drained();
    expect(most).toBe(lanes);
  }
});

test('every parcel is settled exactly once, with the failure when its commit failed for good', async () => {
  const { memory, batcher, gate } = make({ commitTries: 2, commitPauseMs: 1, batchMessages: 5 });
  memory.failures = 2;
  const fates: [number, string | undefined][] = [];
  for (let thing = 1; thing <= 10; thing++)
    batcher.submit(parcel(1, thing, (one, failure) => fates.push([one, failure?.message])));
  await batcher.drained();
  expect(fates).toHaveLength(10);
  expect(fates.filter(([, failure]) => failure === 'no database').map(([thing]) => thing)).toEqual([1, 2, 3, 4, 5]);
  expect([gate.messages, gate.bytes]).toEqual([0, 0]);
});
