import { Overloaded, type Refusal, type Uplink } from '@keystead/terminals/port';
import { expect, test } from 'vitest';
import { createGathering, type DataValueLike } from './gathering.ts';

const good = { value: 0, name: 'Good' };
const uncertain = { value: 0x40000000, name: 'Uncertain' };
const bad = { value: 0x80000000, name: 'Bad' };
const at = (ms: number, value: number, statusCode = good): DataValueLike => ({
  value: { dataType: 11, value },
  statusCode,
  sourceTimestamp: new Date(ms),
});
const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

function recording(taking: (uplink: Uplink) => Promise<void> = async () => {}) {
  const uplinks: Uplink[] = [];
  const refused: [string, string | undefined][] = [];
  const gathering = createGathering({
    take: async (uplink) => {
      uplinks.push(uplink);
      await taking(uplink);
    },
    refuse: (refusal: Refusal, _sample, device) => void refused.push([refusal.problem.type, device]),
  });
  return { gathering, uplinks, refused };
}

test('values of one device and time are one reading, in µs', async () => {
  const { gathering, uplinks } = recording();
  gathering.add('a', 'x', at(1000, 1));
  gathering.add('a', 'y', at(1000, 2));
  gathering.add('a', 'x', at(1500, 3));
  gathering.add('b', 'x', at(1000, 4));
  gathering.add('a', 'x', at(1000, 5));
  await turn();
  expect(uplinks).toEqual([
    {
      kind: 'readings',
      readings: [
        { device: 'a', time: 1_000_000, values: { x: 1, y: 2 } },
        { device: 'a', time: 1_500_000, values: { x: 3 } },
        { device: 'b', time: 1_000_000, values: { x: 4 } },
        { device: 'a', time: 1_000_000, values: { x: 5 } },
      ],
    },
  ]);
});

test('a bad status is refused with its name, an uncertain value is handed on', async () => {
  const { gathering, uplinks, refused } = recording();
  gathering.add('a', 'x', at(1, 1, bad));
  gathering.add('a', 'y', at(1, 2, uncertain));
  await turn();
  expect(uplinks).toMatchObject([{ readings: [{ values: { y: 2 } }] }]);
  expect(refused).toEqual([['device-refused', 'a']]);
});

test('while the platform is slow, values wait together and what is too much is refused, not kept', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { gathering, uplinks, refused } = recording(() => promise);
  gathering.add('a', 'x', at(0, 0));
  await turn();
  for (let n = 1; n <= 50_010; n++) gathering.add('a', 'x', at(n, n));
  expect(refused).toEqual(Array.from({ length: 10 }, () => ['overloaded', 'a']));
  expect(uplinks).toHaveLength(1);
  resolve();
  await turn();
  expect(uplinks).toHaveLength(2);
  expect(uplinks[1]).toHaveProperty('readings.length', 50_000);
});

test('a reading that is not taken is counted', async () => {
  const { gathering, refused } = recording(() => Promise.reject(new Overloaded()));
  gathering.add('a', 'x', at(1, 1));
  await turn();
  expect(refused).toEqual([['overloaded', 'a']]);
});
