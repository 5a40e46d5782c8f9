import { join } from 'node:path';
import { clause, type Mosquitto, startMosquitto } from '@keystead/kernel/testing';
import { type Peer, recordingHost, startPeer } from '@keystead/terminals/testing';
import { connectAsync } from 'mqtt';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { sparkplugChannel } from './index.ts';

// The broker is Eclipse Mosquitto, the edge node a process with Google's protobuf and Eclipse Paho.
let mosquitto: Mosquitto;
beforeAll(async () => {
  mosquitto = await startMosquitto();
});
afterAll(() => mosquitto.stop());

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const program = join(import.meta.dirname, 'testing/edge-node.py');

async function edgeNode(group: string, node: string): Promise<Peer> {
  const peer = await startPeer('/usr/bin/python3', [program, String(mosquitto.port), group, node, 'pump']);
  ends.push(() => peer.stop());
  return peer;
}

const points = [
  { name: 'count', metric: 'Count' },
  { name: 'limit', metric: 'Limit', writable: true, min: 5, max: 30 },
  { name: 'running', metric: 'Running' },
];

async function open(group: string, more: { host?: string } = {}) {
  const host = recordingHost();
  const channel = await sparkplugChannel.open(
    {
      name: `spb-${group}`,
      settings: { broker: { url: mosquitto.url }, groups: [group], rebirth: 100, ...more },
      devices: [
        { name: 'pump', at: { group, node: 'n1', device: 'pump', points } },
        { name: 'node', at: { group, node: 'n1' } },
      ],
    },
    host,
  );
  ends.push(() => channel.close());
  const latest = (device: string) =>
    Object.assign({}, ...host.readings.filter((one) => one.device === device).map(({ values }) => values));
  const presence = () =>
    host.uplinks.flatMap((one) =>
      one.kind === 'connect' || one.kind === 'disconnect' ? [`${one.kind} ${one.device}`] : [],
    );
  return { channel, host, latest, presence };
}
const within = { timeout: 10_000, interval: 20 };

test(
  clause('I-7.1-a', 'Sparkplug: a node that was there before is asked for its birth, its data follow by alias'),
  async () => {
    const peer = await edgeNode('one', 'n1');
    const { channel, host, latest } = await open('one');
    await vi.waitFor(() => expect(latest('pump')).toEqual({ count: 0, limit: 20, running: true }), within);
    expect(latest('node')).toEqual({ Uptime: 7 });
    for (let count = -1; count > -300; count--) peer.tell(JSON.stringify({ count }));
    await vi.waitFor(() => expect(latest('pump').count).toBe(-299), within);
    const counts = host.readings.flatMap(({ values }) => (typeof values.count === 'number' ? [values.count] : []));
    expect(counts.filter((count) => count < 0)).toEqual(Array.from({ length: 299 }, (_, at) => -1 - at));
    expect(host.refused).toEqual([]);
    expect(channel.links().get('pump')).toMatchObject({ state: 'up', damaged: 0 });
    expect(host.uplinks).toContainEqual({
      kind: 'attributes',
      sets: [
        {
          device: 'pump',
          values: expect.objectContaining({ metrics: expect.arrayContaining([{ name: 'Limit', type: 'Float' }]) }),
        },
      ],
    });
  },
);

test('a lost message is noticed at the next number, and mended by a new birth', async () => {
  const peer = await edgeNode('two', 'n1');
  const { host, latest } = await open('two');
  await vi.waitFor(() => expect(latest('pump').count).toBe(0), within);
  const births = () => host.uplinks.filter(({ kind }) => kind === 'connect').length;
  const before = births();
  peer.tell('{"skip":true}');
  peer.tell('{"count":41}');
  // The value under an alias that may be another by now is not taken; the birth brings it.
  await vi.waitFor(() => expect(births()).toBeGreaterThan(before), within);
  await vi.waitFor(() => expect(latest('pump').count).toBe(41), within);
  expect(host.refusedLines).toContain('property-unknown: alias 1');
});

test(
  clause('I-5.2.2.3-b', 'a metric is written within its limits and read back from what the device tells'),
  async () => {
    const peer = await edgeNode('three', 'n1');
    const { channel, latest } = await open('three');
    await vi.waitFor(() => expect(latest('pump').limit).toBe(20), within);
    const write = (value: unknown, point = 'limit', deadline = 5_000) =>
      channel.call('pump', 'write', { point, value }, deadline);
    for (const value of [5, 30, 21.1])
      expect(await write(value)).toEqual({ point: 'limit', value, readBack: Math.fround(value), verified: true });
    for (const value of [4.9, 30.1, '20', null, true])
      await expect(write(value)).rejects.toMatchObject({ status: 400 });
    await expect(write(5, 'count')).rejects.toMatchObject({ type: 'input-invalid' });
    await expect(write(5, 'nothing')).rejects.toMatchObject({ type: 'property-unknown' });
    await expect(channel.call('pump', 'explode', {}, 500)).rejects.toMatchObject({ type: 'method-unknown' });
    // Sent were the three good ones, by alias, in the type of the birth.
    const sent = peer
      .lines()
      .map((line) => JSON.parse(line))
      .filter(({ asked }) => asked === 2);
    expect(sent.map(({ type, limit }) => [type, limit])).toEqual([5, 30, Math.fround(21.1)].map((value) => [9, value]));
    peer.tell('{"stuck":true}');
    await vi.waitFor(
      () => expect(peer.lines().map((line) => JSON.parse(line))).toContainEqual({ stuck: true }),
      within,
    );
    await expect(write(6, 'limit', 700)).rejects.toMatchObject({ type: 'device-refused' });
    expect(await channel.call('node', 'rebirth', {}, 5_000)).toEqual({ reborn: true });
  },
);

test(
  clause('I-7.1-d', 'a device that leaves and a node that dies are gone at once; both come back by their births'),
  async () => {
    const peer = await edgeNode('four', 'n1');
    const { channel, latest, presence } = await open('four');
    await vi.waitFor(() => expect(latest('pump').count).toBe(0), within);
    peer.tell('{"leave":true}');
    await vi.waitFor(() => expect(presence().at(-1)).toBe('disconnect pump'), within);
    expect(channel.links().get('pump')?.state).toBe('down');
    await peer.stop();
    await vi.waitFor(() => expect(presence()).toContain('disconnect node'), within);
    await expect(channel.call('pump', 'write', { point: 'limit', value: 9 }, 300)).rejects.toMatchObject({
      type: 'device-silent',
    });
    await edgeNode('four', 'n1');
    await vi.waitFor(() => expect(channel.links().get('pump')?.state).toBe('up'), within);
  },
);

test('a primary host says that it is there, and its will says when it is not', async () => {
  const watcher = await connectAsync(mosquitto.url);
  ends.push(() => watcher.endAsync(true));
  const states: { online: boolean; timestamp: number }[] = [];
  watcher.on('message', (_topic, body) => void states.push(JSON.parse(body.toString())));
  await watcher.subscribeAsync('spBv1.0/STATE/scada', { qos: 1 });
  const { channel } = await open('five', { host: 'scada' });
  await vi.waitFor(() => expect(states.at(-1)?.online).toBe(true), within);
  // Somebody says that we are gone: we are not.
  await watcher.publishAsync('spBv1.0/STATE/scada', JSON.stringify({ online: false, timestamp: 1 }), { retain: true });
  await vi.waitFor(() => expect(states.slice(-2).map(({ online }) => online)).toEqual([false, true]), within);
  expect(states.at(-1)?.timestamp).toBe(states[0]?.timestamp);
  await channel.close();
  await vi.waitFor(() => expect(states.at(-1)?.online).toBe(false), within);
});

test('strangers are told as candidates with the address they would be admitted by, and nothing of theirs is taken', async () => {
  const { host } = await open('six');
  const stranger = await edgeNode('six', 'unknown');
  const told = () => host.uplinks.flatMap((one) => (one.kind === 'attributes' ? one.sets : [])).at(-1);
  await vi.waitFor(
    () =>
      expect(told()).toEqual({
        values: {
          'candidates.spb-six': [
            { title: 'six/unknown', at: { group: 'six', node: 'unknown' }, about: { metrics: 3 } },
            { title: 'six/unknown/pump', at: { group: 'six', node: 'unknown', device: 'pump' }, about: { metrics: 3 } },
          ],
        },
      }),
    within,
  );
  stranger.tell('{"count":3}');
  await vi.waitFor(() => expect(host.refusedLines).toEqual(['device-not-listed: six/unknown/pump']), within);
  expect(host.readings).toEqual([]);
  // Who is not ours is commanded nothing.
  expect(stranger.lines().filter((line) => line.includes('asked'))).toEqual([]);
});

test('a message that cannot be kept at once is kept later, and counted once', async () => {
  const peer = await edgeNode('seven', 'n1');
  const { host, latest } = await open('seven');
  await vi.waitFor(() => expect(latest('pump').count).toBe(0), within);
  let failures = 1;
  host.before = async () => {
    if (failures-- > 0) throw new Error('the disk is full');
  };
  peer.tell('{"count":1}');
  peer.tell('{"count":2}');
  await vi.waitFor(() => expect(latest('pump').count).toBe(2), within);
  const counts = host.readings.map(({ values }) => values.count).filter((count) => count === 1 || count === 2);
  expect(counts).toEqual([1, 2]);
  expect(host.refused).toEqual([]);
});
