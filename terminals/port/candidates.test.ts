import { createLog, systemClock } from '@keystead/kernel/base';
import { expect, test } from 'vitest';
import { Candidates } from './candidates.ts';
import type { Uplink } from './driver.ts';
import { fitting } from './fitting.ts';

const one = (title: string, more: object = {}) => ({ title, at: { address: title }, ...more });

test('a candidate is told once, and again when it says something else of itself', () => {
  const candidates = new Candidates('line');
  expect(candidates.seen('a', one('a'))).toBe(true);
  expect(candidates.seen('a', one('a'))).toBe(false);
  expect(candidates.seen('a', one('a', { about: { model: 'x' } }))).toBe(true);
  expect(candidates.set()).toEqual({
    values: { 'candidates.line': [{ title: 'a', at: { address: 'a' }, about: { model: 'x' } }] },
  });
  expect([candidates.gone('a'), candidates.gone('a'), candidates.has('a')]).toEqual([true, false, false]);
});

test('the newest are kept, and as many are told as an attribute may hold', () => {
  const candidates = new Candidates('line', 3);
  for (const title of ['a', 'b', 'c', 'd']) candidates.seen(title, one(title));
  expect(candidates.list.map(({ title }) => title)).toEqual(['b', 'c', 'd']);
  const many = new Candidates('line');
  for (let n = 0; n < 100; n++) many.seen(`${n}`, one(`${n}`, { about: { text: 'x'.repeat(1_000) } }));
  expect(JSON.stringify(many.list).length).toBeLessThan(16_000);
  expect(many.list.at(-1)?.title).toBe('99');
  expect(fitting(['aa', 'b', 'cc'], 9)).toEqual(['aa', 'b']);
});

test('what could not be kept is told with the next sign of life', async () => {
  const told: Uplink[] = [];
  let isFull = true;
  const take = async (uplink: Uplink) => {
    if (isFull) throw new Error('the disk is full');
    told.push(uplink);
  };
  const host = { clock: systemClock, log: createLog('test', 'silent'), take, refuse: () => undefined };
  const candidates = new Candidates('line');
  candidates.seen('a', one('a'));
  await candidates.tell(host);
  isFull = false;
  expect(candidates.seen('a', one('a'))).toBe(true);
  await candidates.tell(host);
  expect(told).toHaveLength(1);
  expect(candidates.seen('a', one('a'))).toBe(false);
});
