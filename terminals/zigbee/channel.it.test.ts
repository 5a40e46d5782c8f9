import { clause, type Mosquitto, startMosquitto } from '@keystead/kernel/testing';
import { recordingHost } from '@keystead/terminals/testing';
import { connectAsync } from 'mqtt';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { zigbeeChannel } from './index.ts';

let mosquitto: Mosquitto;
beforeAll(async () => {
  mosquitto = await startMosquitto();
});
afterAll(() => mosquitto.stop());

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const thermo = '0x00158d0001dc126a';
const plug = '0x00158d0001dc126b';

/** The MQTT face of zigbee2mqtt: a list, states, and a plug that does as it is told. */
async function bridge(base: string, { stuck = false } = {}) {
  const client = await connectAsync(mosquitto.url);
  ends.push(() => client.endAsync(true));
  const tell = (topic: string, body: unknown, retain = false) =>
    client.publishAsync(`${base}/${topic}`, JSON.stringify(body), { qos: 1, retain });
  const numeric = (property: string) => ({ type: 'numeric', property, name: property, access: 1 });
  const list = (plugName: string) => [
    { ieee_address: '0x00124b0000000000', type: 'Coordinator', friendly_name: 'Coordinator' },
    {
      ieee_address: thermo,
      type: 'EndDevice',
      friendly_name: 'hall/thermo',
      power_source: 'Battery',
      definition: { model: 'WSDCGQ11LM', vendor: 'Aqara', exposes: [numeric('temperature'), numeric('linkquality')] },
    },
    {
      ieee_address: plug,
      type: 'Router',
      friendly_name: plugName,
      definition: {
        model: 'plug',
        vendor: 'x',
        exposes: [
          {
            type: 'switch',
            features: [
              { type: 'binary', name: 'state', property: 'state', access: 7, value_on: 'ON', value_off: 'OFF' },
            ],
          },
        ],
      },
    },
    { ieee_address: '0x00158d0001dc126c', type: 'Router', friendly_name: 'neighbour', definition: null },
  ];
  let state = 'OFF';
  await client.subscribeAsync(`${base}/plug/+`, { qos: 1 });
  client.on('message', (topic, body) => {
    const asked = JSON.parse(body.toString());
    // It says at once what it expects to be; the truth comes when it is asked for.
    if (topic.endsWith('/set')) {
      if (!stuck) state = asked.state;
      void tell('plug', { state: asked.state });
    } else if (topic.endsWith('/get')) void tell('plug', { state });
  });
  return { tell, list };
}

async function open(base: string) {
  const host = recordingHost();
  const { uplinks: taken, refusedLines: refused } = host;
  const devices = [
    { name: 'thermo', at: { address: thermo.toUpperCase().replace('0X', '0x') } },
    { name: 'socket', at: { address: plug } },
  ];
  const settings = { broker: { url: mosquitto.url }, base };
  const channel = await zigbeeChannel.open({ name: `zigbee-${base}`, settings, devices }, host);
  ends.push(() => channel.close());
  const readings = () => host.readings;
  return { channel, taken, refused, readings };
}

test(
  clause('H-6.1-1', 'Zigbee: 100 points through zigbee2mqtt arrive, presence and description with them'),
  async () => {
    const { tell, list } = await bridge('one');
    // Kept by the broker from before we came: it has no time, so it is no reading.
    await tell('hall/thermo', { temperature: 99 }, true);
    const { channel, readings, taken, refused } = await open('one');
    await tell('bridge/state', { state: 'online' }, true);
    await vi.waitFor(() => expect(channel.links().get('')?.state).toBe('up'), 5_000);
    await tell('hall/thermo/availability', { state: 'online' }, true);
    // A state before the list is known waits for it.
    await tell('hall/thermo', { temperature: 0, linkquality: 90 });
    await tell('bridge/devices', list('plug'), true);
    for (let n = 1; n < 100; n++) await tell('hall/thermo', { temperature: n / 10, linkquality: 90 });
    await tell('hall/thermo', { temperature: 50, last_seen: '2026-01-01T00:00:00Z' }, true);
    await tell('neighbour', { state: 'ON' });
    await tell('bridge/event', { type: 'device_leave', data: { ieee_address: thermo, friendly_name: 'hall/thermo' } });
    await tell('hall/thermo/availability', { state: 'offline' }, true);
    await vi.waitFor(() => expect(channel.links().get('thermo')?.state).toBe('down'), 5_000);
    expect(readings().slice(0, 100)).toEqual(
      Array.from({ length: 100 }, (_, n) => ({ device: 'thermo', values: { temperature: n / 10, linkquality: 90 } })),
    );
    expect(readings()).toHaveLength(101);
    expect(taken).toContainEqual(
      expect.objectContaining({
        kind: 'attributes',
        sets: [
          {
            device: 'thermo',
            values: expect.objectContaining({ model: 'WSDCGQ11LM', vendor: 'Aqara', powerSource: 'Battery' }),
          },
        ],
      }),
    );
    expect(taken).toContainEqual({ kind: 'occurrences', occurrences: [{ device: 'thermo', event: 'left' }] });
    const presence = taken.filter(({ kind }) => kind === 'connect' || kind === 'disconnect');
    expect(presence).toEqual([
      { kind: 'connect', device: 'thermo' },
      { kind: 'disconnect', device: 'thermo' },
    ]);
    expect(refused).toEqual(['device-not-listed: neighbour']);
    expect(channel.links().get('')?.state).toBe('up');
  },
);

test('a set is read back from the device; a name that changed is no other device', async () => {
  const { tell, list } = await bridge('two');
  const { channel, readings } = await open('two');
  await tell('bridge/devices', list('another name'), true);
  await tell('bridge/devices', list('plug'), true);
  await vi.waitFor(async () => {
    expect(await channel.call('socket', 'set', { state: true }, 2_000)).toEqual({ state: true });
  }, 10_000);
  expect(await channel.call('socket', 'get', ['state'], 2_000)).toEqual({ state: true });
  expect(readings().at(-1)).toEqual({ device: 'socket', values: { state: true } });
  await expect(channel.call('socket', 'set', { state: 'ON' }, 500)).rejects.toMatchObject({ type: 'value-wrong-type' });
  await expect(channel.call('socket', 'explode', {}, 500)).rejects.toMatchObject({ type: 'method-unknown' });
  await expect(channel.call('thermo', 'get', ['temperature'], 300)).rejects.toMatchObject({ type: 'property-unknown' });
});

test('a device that only pretends to have done it is found out', async () => {
  const { tell, list } = await bridge('three', { stuck: true });
  const { channel } = await open('three');
  await tell('bridge/devices', list('plug'), true);
  await vi.waitFor(async () => {
    const called = channel.call('socket', 'set', { state: true }, 2_000);
    await expect(called).rejects.toMatchObject({ type: 'device-refused' });
  }, 10_000);
});

test('a device that does not answer is silent, and counted so', async () => {
  const { tell, list } = await bridge('four');
  const { channel, taken } = await open('four');
  await tell('bridge/devices', list('asleep'), true);
  await vi.waitFor(() => expect(taken.filter(({ kind }) => kind === 'attributes')).toHaveLength(2), 5_000);
  await expect(channel.call('socket', 'set', { state: true }, 300)).rejects.toMatchObject({ type: 'device-silent' });
  expect(channel.links().get('socket')).toMatchObject({ sent: 1, lost: 1 });
});
