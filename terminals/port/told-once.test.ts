import { movableClock } from '@keystead/kernel/base';
import { expect, test } from 'vitest';
import type { Uplink } from './driver.ts';
import { countedSilence, countLinks } from './links.ts';
import { CommitFailed, DeviceSilent, PayloadMalformed, refuse } from './refusal.ts';
import { refusingOfDevices, refusingOnLine, untaken } from './refusing.ts';
import { ToldOnce } from './told-once.ts';

const clock = movableClock('2026-05-01T00:00:00Z');

test('attributes and presence are told when they change, and again after they could not be kept', async () => {
  const taken: Uplink[] = [];
  let full = false;
  const take = async (uplink: Uplink) => {
    if (full) throw new CommitFailed();
    taken.push(uplink);
  };
  const links = countLinks(clock, ['lamp']);
  const told = new ToldOnce({ take }, links);
  full = true;
  await expect(told.attributes('lamp', { model: 'A' })).rejects.toThrow('commit-failed');
  await expect(told.presence('lamp', true)).rejects.toThrow('commit-failed');
  expect(links.all().get('lamp')?.state).toBe('waiting');
  full = false;
  for (const model of ['A', 'A', 'B']) await told.attributes('lamp', { model });
  for (const isThere of [undefined, true, true, false]) await told.presence('lamp', isThere);
  expect(taken).toEqual([
    { kind: 'attributes', sets: [{ device: 'lamp', values: { model: 'A' } }] },
    { kind: 'attributes', sets: [{ device: 'lamp', values: { model: 'B' } }] },
    { kind: 'connect', device: 'lamp' },
    { kind: 'disconnect', device: 'lamp' },
  ]);
  expect(links.all().get('lamp')).toMatchObject({ state: 'down', breaks: 1 });
});

test('what is refused is damage of the device, of the line only where the line is its own', () => {
  const links = countLinks(clock, ['lamp']);
  const samples: number[] = [];
  const host = { refuse: (_refusal: object, sample: Uint8Array) => void samples.push(sample.length) };
  const malformed = refuse(PayloadMalformed);
  refusingOnLine({ host, links })(malformed, new Uint8Array(100));
  refusingOfDevices({ host, links })(malformed, new Uint8Array(3));
  refusingOfDevices({ host, links })(malformed, new Uint8Array(0), 'lamp');
  expect(samples).toEqual([64, 3, 0]);
  expect([links.all().get('')?.damaged, links.all().get('lamp')?.damaged]).toEqual([2, 1]);
  expect(untaken(new Error('disk')).problem.type).toBe('commit-failed');
});

test('only silence is counted as lost', async () => {
  const links = countLinks(clock, ['lamp']);
  const failing = (cause: Error) => countedSilence(links, 'lamp', () => Promise.reject(cause));
  await expect(failing(new DeviceSilent())).rejects.toThrow('device-silent');
  await expect(failing(new PayloadMalformed())).rejects.toThrow('payload-malformed');
  expect(await countedSilence(links, 'lamp', async () => 7)).toBe(7);
  expect(links.all().get('lamp')?.lost).toBe(1);
});
