import { clause } from '@keystead/kernel/testing';
import { recordingHost } from '@keystead/terminals/testing';
import { afterEach, expect, test, vi } from 'vitest';
import { bacnetChannel } from './index.ts';
import type { BacnetDevice, BacnetPoint, BacnetSettings } from './settings.ts';
import { type BacnetStation, type StationForm, startStation } from './testing/station.ts';

// The device is a BACnet library of somebody else; ours only asks.
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const real = (value: number) => ({ type: 4, value });
const enumerated = (value: number) => ({ type: 9, value });
const within = { timeout: 10_000, interval: 20 };

async function station(form: StationForm): Promise<BacnetStation> {
  const started = await startStation(form);
  ends.push(() => started.stop());
  const object = (key: string, ...properties: [number, { type: number; value: unknown }][]) =>
    started.objects.set(key, new Map(properties.map(([id, value]) => [id, [value]])));
  object('0:1', [85, real(21.5)], [77, { type: 7, value: '送风温度' }]);
  object('2:1', [85, real(20)], [77, { type: 7, value: 'Setpoint' }]);
  object('4:1', [85, enumerated(0)], [77, { type: 7, value: 'Fan' }]);
  object('19:1', [85, { type: 2, value: 2 }], [77, { type: 7, value: 'Mode' }]);
  object('45:1', [85, { type: 3, value: -40 }], [77, { type: 7, value: 'Offset' }]);
  return started;
}

const points: BacnetPoint[] = [
  { name: 'temperature', object: 'analog-input:1' },
  { name: 'setpoint', object: 'analog-value:1', writable: true, min: 10, max: 30, priority: 8 },
  { name: 'fan', object: 'binary-output:1', writable: true, priority: 8 },
  { name: 'mode', object: 'multi-state-value:1', labels: { 1: 'off', 2: 'auto', 3: 'on' }, writable: true },
  { name: 'offset', object: 'integer-value:1', writable: true },
  { name: 'title', object: 'device:77', property: 'object-name' },
];

async function open(peer: BacnetStation, at: Partial<BacnetDevice> = {}, settings: BacnetSettings = {}) {
  const host = recordingHost();
  const channel = await bacnetChannel.open(
    {
      name: 'bac',
      settings: { bind: '127.0.0.1', port: 0, timeout: 2_000, retries: 1, ...settings },
      devices: [{ name: 'ahu', at: { device: 77, host: '127.0.0.1', port: peer.port, every: 200, points, ...at } }],
    },
    host,
  );
  ends.push(() => channel.close());
  const latest = () => Object.assign({}, ...host.readings.map(({ values }) => values));
  return { host, channel, latest };
}

const all = { temperature: 21.5, setpoint: 20, fan: false, mode: 'auto', offset: -40, title: 'Air handler 1' };

test(clause('I-7.1-a', 'BACnet/IP: values of all kinds are read in one request a turn'), async () => {
  const peer = await station({ device: 77 });
  const { channel, host, latest } = await open(peer);
  await vi.waitFor(() => expect(latest()).toEqual(all), within);
  peer.change('0:1', real(22.25));
  await vi.waitFor(() => expect(latest().temperature).toBe(22.25), within);
  expect(new Set(peer.asked)).toEqual(new Set(['multiple 6']));
  expect(host.refused).toEqual([]);
  expect(channel.links().get('ahu')).toMatchObject({ state: 'up', lost: 0 });
});

test('a device that cannot read several at once is asked one by one; what is not there is refused by itself', async () => {
  const peer = await station({ device: 77, without: ['multiple'] });
  const more = [...points.slice(0, 2), { name: 'ghost', object: 'analog-input:99' }];
  const { latest, host } = await open(peer, { points: more });
  await vi.waitFor(() => expect(latest()).toEqual({ temperature: 21.5, setpoint: 20 }), within);
  await vi.waitFor(() => expect(host.refusedLines).toEqual(['device-refused: unknown-object']), within);
  expect(host.refused[0]).toMatchObject({ device: 'ahu', pointer: '/ghost' });
});

test.each(['unconfirmed', 'confirmed'] as const)(
  'what changes is told (%s), and nothing is polled meanwhile',
  async (cov) => {
    const peer = await station({ device: 77 });
    const [temperature = { name: 'x', object: 'y' }] = points;
    const { latest, channel, host } = await open(peer, { points: [{ ...temperature, cov }] });
    await vi.waitFor(() => expect(latest().temperature).toBe(21.5), within);
    for (let n = 1; n <= 20; n++) peer.change('0:1', real(21.5 + n));
    await vi.waitFor(() => expect(latest().temperature).toBe(41.5), within);
    expect(host.readings).toHaveLength(21);
    expect(peer.asked.filter((word) => /^(multiple|read)/.test(word))).toEqual([]);
    if (cov === 'confirmed')
      await vi.waitFor(() => expect(peer.asked.filter((word) => word === 'acknowledged 0:1')).toHaveLength(21), within);
    peer.change('0:1', real(0), true);
    await vi.waitFor(() => expect(host.refusedLines).toEqual(['device-refused: fault']), within);
    // After a restart it has forgotten who listens; it is asked anew as soon as it says that it is there.
    const subscribed = () => peer.asked.filter((word) => word.startsWith('subscribe')).length;
    expect(subscribed()).toBe(1);
    peer.announce((channel as unknown as { port: number }).port);
    await vi.waitFor(() => expect(subscribed()).toBe(2), within);
    await channel.close();
    expect(peer.asked).toContain('subscribe 0:1 0');
  },
);

test('what cannot be subscribed is polled', async () => {
  const peer = await station({ device: 77, without: ['cov'] });
  const { latest } = await open(peer, { points: points.slice(0, 2).map((one) => ({ ...one, cov: 'unconfirmed' })) });
  await vi.waitFor(() => expect(latest()).toEqual({ temperature: 21.5, setpoint: 20 }), within);
  peer.change('0:1', real(1));
  await vi.waitFor(() => expect(latest().temperature).toBe(1), within);
});

test(clause('I-5.2.2.3-b', 'a value is written within limits, in its type and priority, and read back'), async () => {
  const peer = await station({ device: 77, stuck: ['45:1'] });
  const { channel } = await open(peer);
  const write = (point: string, value: unknown, deadline = 3_000) =>
    channel.call('ahu', 'write', { point, value }, deadline);
  expect(await write('setpoint', 22.5)).toEqual({ point: 'setpoint', value: 22.5, readBack: 22.5, verified: true });
  expect(await write('setpoint', 22.1)).toMatchObject({ readBack: Math.fround(22.1), verified: true });
  expect(await write('fan', true)).toMatchObject({ readBack: true, verified: true });
  expect(await write('mode', 'on')).toMatchObject({ readBack: 'on', verified: true });
  const bad = [9.9, 30.1, '22', true, null, undefined];
  for (const value of bad) await expect(write('setpoint', value)).rejects.toMatchObject({ status: 400 });
  await expect(write('mode', 'sideways')).rejects.toMatchObject({ type: 'value-wrong-type' });
  await expect(write('temperature', 5)).rejects.toMatchObject({ type: 'input-invalid' });
  await expect(write('nothing', 5)).rejects.toMatchObject({ type: 'property-unknown' });
  await expect(write('offset', 5, 500)).rejects.toMatchObject({ type: 'device-refused' });
  expect(await channel.call('ahu', 'read', { point: 'title' }, 2_000)).toEqual({
    point: 'title',
    value: 'Air handler 1',
  });
  expect(await channel.call('ahu', 'relinquish', { point: 'fan' }, 2_000)).toEqual({ point: 'fan', readBack: true });
  expect(peer.asked.filter((word) => word.startsWith('write'))).toEqual([
    'write 2:1 85 4 22.5 @8',
    `write 2:1 85 4 ${Math.fround(22.1)} @8`,
    'write 4:1 85 9 1 @8',
    'write 19:1 85 2 3 @16',
    'write 45:1 85 3 5 @16',
    'write 4:1 85 0 null @8',
  ]);
});

test('what a device is made of is listed with its names', async () => {
  const peer = await station({ device: 77 });
  const { channel } = await open(peer, { points: [], batch: 3 });
  expect(await channel.call('ahu', 'browse', {}, 5_000)).toEqual({
    objects: [
      { object: 'device:77', name: 'Air handler 1' },
      { object: 'analog-input:1', name: '送风温度' },
      { object: 'analog-value:1', name: 'Setpoint' },
      { object: 'binary-output:1', name: 'Fan' },
      { object: 'multi-state-value:1', name: 'Mode' },
      { object: 'integer-value:1', name: 'Offset' },
    ],
    more: false,
  });
});

test('a device is found by its number through a broadcast device, a stranger becomes a candidate', async () => {
  const peer = await station({ device: 77 });
  const stranger = await station({ device: 78 });
  const { latest, host } = await open(
    peer,
    { host: undefined, port: undefined },
    { bbmd: { host: '127.0.0.1', port: peer.port }, broadcast: { host: '127.0.0.1', port: stranger.port } },
  );
  await vi.waitFor(() => expect(latest()).toEqual(all), within);
  expect(peer.asked.slice(0, 2)).toEqual(['register', 'whoIs']);
  const candidate = {
    title: 'BACnet 78',
    at: { device: 78, host: '127.0.0.1', port: stranger.port, points: [] },
    about: { address: `127.0.0.1:${stranger.port}`, vendor: 260 },
  };
  await vi.waitFor(
    () =>
      expect(host.uplinks).toContainEqual({
        kind: 'attributes',
        sets: [{ values: { 'candidates.bac': [candidate] } }],
      }),
    within,
  );
});

test(
  clause('I-7.1-d', 'a device that goes away is silent and counted so; when it is back it is read again'),
  async () => {
    const peer = await station({ device: 77 });
    const { channel, latest } = await open(peer, {}, { timeout: 100, retries: 0 });
    await vi.waitFor(() => expect(latest().setpoint).toBe(20), within);
    peer.stop();
    await vi.waitFor(() => expect(channel.links().get('ahu')?.state).toBe('down'), within);
    await expect(channel.call('ahu', 'read', { point: 'fan' }, 300)).rejects.toMatchObject({ type: 'device-silent' });
    await station({ device: 77, port: peer.port });
    await vi.waitFor(() => expect(channel.links().get('ahu')?.state).toBe('up'), within);
  },
);
