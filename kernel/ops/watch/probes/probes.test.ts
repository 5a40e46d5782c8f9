import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { movableClock } from '@keystead/kernel/base';
import { clause } from '@keystead/kernel/testing';
import { expect, test } from 'vitest';
import { beyond } from '../judge.ts';
import { backupProbe } from './backups.ts';
import { clockProbe } from './clock-step.ts';
import { type MachineReaders, machineProbes, realMachine } from './machine.ts';
import { networkProbe } from './network.ts';

const readers = (changes: Partial<MachineReaders>): MachineReaders => ({ ...realMachine, ...changes });

test(clause('I-5.1-d-3', 'a disk that is 90 % full is trouble, one at 89 % is not'), async () => {
  for (const [available, expected] of [
    [10, true],
    [11, false],
  ] as const) {
    const disk = machineProbes('/', readers({ disk: async () => ({ available, total: 100 }) })).find(
      ({ source }) => source === 'disk',
    );
    const { value } = (await disk?.read()) ?? { value: -1 };
    expect(value).toBe(100 - available);
    expect(disk && beyond(value, disk.usual)).toBe(expected);
  }
});

test('processor load counts what was busy since the look before, not since the start of the machine', async () => {
  const times = [
    { busy: 1000, all: 100_000 },
    { busy: 1950, all: 101_000 },
    { busy: 1960, all: 102_000 },
  ];
  const cpu = machineProbes('/', readers({ cpuTimes: () => times.shift() ?? { busy: 0, all: 0 } })).find(
    ({ source }) => source === 'cpu',
  );
  expect(await cpu?.read()).toEqual({ value: 95 });
  expect(await cpu?.read()).toEqual({ value: 1 });
});

test('the real machine gives figures between nothing and everything', async () => {
  for (const probe of machineProbes(tmpdir())) {
    const { value } = await probe.read();
    expect(value).toBeGreaterThanOrEqual(0);
    expect(value).toBeLessThanOrEqual(100);
  }
});

test('a step of the clock is seen in either direction, and the passing of time is none', async () => {
  let wall = 1_000_000;
  let steady = 0;
  const probe = clockProbe({ wall: () => wall, steady: () => steady });
  const pass = async (byWall: number, bySteady: number) => {
    wall += byWall;
    steady += bySteady;
    return (await probe.read()).value;
  };
  expect(await pass(5000, 5000)).toBe(0);
  expect(await pass(-3_600_000 + 5000, 5000)).toBe(3600);
  expect(await pass(5000, 5000)).toBe(0);
  expect(await pass(8000, 5000)).toBe(3);
});

test(clause('I-5.1-d-2', 'a peer that does not answer is named, one that does is timed'), async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const peers = [{ name: 'listener', host: '127.0.0.1', port }];
  const probe = networkProbe(() => peers);
  expect(await probe.read()).toMatchObject({ detail: 'listener' });
  await new Promise((resolve) => server.close(resolve));
  await expect(probe.read()).rejects.toThrow(/^listener: .*ECONNREFUSED/);
});

test(clause('H-8.4-b-4', 'an installation without a good backup for more than a day is in trouble'), async () => {
  const clock = movableClock('2026-06-01T00:00:00Z');
  const probe = backupProbe('/nonexistent', clock);
  clock.pass(24 * 3600);
  expect(beyond((await probe.read()).value, probe.usual)).toBe(false);
  clock.pass(3600);
  expect(beyond((await probe.read()).value, probe.usual)).toBe(true);
});
