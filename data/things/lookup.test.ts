import { expect, test } from 'vitest';
import { Lookup } from './lookup.ts';

const table = (rows: Record<string, number>) => {
  const loads: string[][] = [];
  const lookup = new Lookup<{ owner: number }>({
    most: 3,
    ownersOf: ({ owner }) => [owner],
    load: async (keys) => {
      loads.push(keys);
      return new Map(keys.flatMap((key) => (rows[key] === undefined ? [] : [[key, { owner: rows[key] }] as const])));
    },
  });
  return { lookup, loads, rows };
};

test('keys asked together are loaded together, and once', async () => {
  const { lookup, loads } = table({ a: 1, b: 2 });
  expect(await Promise.all([lookup.get('a'), lookup.get('b'), lookup.get('a')])).toEqual([
    { owner: 1 },
    { owner: 2 },
    { owner: 1 },
  ]);
  await lookup.get('a');
  expect(loads).toEqual([['a', 'b']]);
});

test('a stranger is remembered until anything changes', async () => {
  const { lookup, loads, rows } = table({});
  expect(await lookup.get('x')).toBeUndefined();
  expect(await lookup.get('x')).toBeUndefined();
  expect(loads).toHaveLength(1);
  rows.x = 7;
  lookup.forget(0);
  expect(await lookup.get('x')).toEqual({ owner: 7 });
});

test('what a change overtook on its way serves those who asked and nobody after them', async () => {
  let loads = 0;
  let arrive = () => {};
  const lookup = new Lookup<{ owner: number }>({
    most: 3,
    ownersOf: ({ owner }) => [owner],
    load: async (keys) => {
      loads++;
      await new Promise<void>((resolve) => {
        arrive = resolve;
      });
      return new Map(keys.map((key) => [key, { owner: 1 }]));
    },
  });
  const asked = lookup.get('a');
  await new Promise((resolve) => setImmediate(resolve));
  lookup.forget(1);
  arrive();
  expect(await asked).toEqual({ owner: 1 });
  const again = lookup.get('a');
  await new Promise((resolve) => setImmediate(resolve));
  arrive();
  await again;
  expect(loads).toBe(2);
});

test('the memory stays bounded', async () => {
  const { lookup } = table({ a: 1, b: 2, c: 3, d: 4 });
  for (const key of ['a', 'b', 'c', 'd']) await lookup.get(key);
  expect(lookup.size).toBe(3);
});

test('a failed load fails those who asked and is tried again', async () => {
  let down = true;
  const lookup = new Lookup<{ owner: number }>({
    most: 3,
    ownersOf: () => [],
    load: async () => {
      if (down) throw new Error('away');
      return new Map([['a', { owner: 1 }]]);
    },
  });
  await expect(lookup.get('a')).rejects.toThrow('away');
  down = false;
  expect(await lookup.get('a')).toEqual({ owner: 1 });
});
