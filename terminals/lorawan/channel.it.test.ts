import { Overloaded } from '@keystead/contracts/problem';
import { systemClock } from '@keystead/kernel/base';
import { clause, type Mosquitto, startMosquitto } from '@keystead/kernel/testing';
import type { PayloadCodec } from '@keystead/terminals/port';
import { recordingHost } from '@keystead/terminals/testing';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type LorawanDevice, type LorawanSettings, lorawanChannel } from './index.ts';

let mosquitto: Mosquitto;
beforeAll(async () => {
  mosquitto = await startMosquitto();
});
afterAll(() => mosquitto.stop());

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Two bytes of temperature; a command is one byte. As the host hands it in. */
const codec: PayloadCodec = {
  decode: async ({ bytes, fPort }) => ({
    readings: [{ values: { temperature: ((bytes[0] ?? 0) * 256 + (bytes[1] ?? 0)) / 10, fPort } }],
    occurrences: bytes.length > 2 ? [{ event: 'tamper' }] : [],
    warnings: [],
  }),
  encode: async ({ params }) => ({ bytes: Uint8Array.from([Number(params)]), fPort: 15, replies: true }),
  cut: async () => ({ frames: [], rest: 0, skipped: 0 }),
};

const devEui = (n: number) => n.toString(16).padStart(16, '0');

async function open(settings: LorawanSettings, at: (n: number) => LorawanDevice = (n) => ({ devEui: devEui(n) })) {
  const host = recordingHost(systemClock, (name) => (name === 'thermo' ? codec : undefined));
  const { uplinks: taken, refusedLines: refused } = host;
  const full = { times: 0 };
  host.before = async () => {
    if (full.times-- > 0) throw new Overloaded();
  };
  const devices = [1, 2].map((n) => ({ name: `sensor ${n}`, at: at(n) }));
  const channel = await lorawanChannel.open({ name: `lns-${Math.random()}`, settings, devices }, host);
  ends.push(() => channel.close());
  const readings = () => host.readings;
  return { channel, taken, refused, readings, full };
}

async function networkServer(): Promise<MqttClient> {
  const client = await connectAsync(mosquitto.url);
  ends.push(() => client.endAsync(true));
  return client;
}

const overMqtt = (application: string): LorawanSettings['over'] => ({
  kind: 'mqtt',
  broker: { url: mosquitto.url },
  application,
});

const up = (n: number, fCnt: number, more: object = {}) =>
  JSON.stringify({
    deviceInfo: { devEui: devEui(n), applicationId: 'app' },
    time: '2026-01-01T00:00:00.500Z',
    devAddr: '00189440',
    fCnt,
    fPort: 2,
    data: Buffer.from([fCnt >> 8, fCnt & 255]).toString('base64'),
    rxInfo: [{ gatewayId: 'g', rssi: -80, snr: 7 }],
    ...more,
  });

test(
  clause('H-6.1-1', 'LoRaWAN: 100 points through ChirpStack arrive, each once, although it sends them twice'),
  async () => {
    const { channel, readings, refused } = await open({ server: 'chirpstack', over: overMqtt('app'), codec: 'thermo' });
    const server = await networkServer();
    await vi.waitFor(() => expect(channel.links().get('')?.state).toBe('up'), 5_000);
    for (let fCnt = 0; fCnt < 100; fCnt++) {
      await server.publishAsync(`application/app/device/${devEui(1)}/event/up`, up(1, fCnt), { qos: 1 });
      await server.publishAsync(`application/app/device/${devEui(1)}/event/up`, up(1, fCnt), { qos: 1 });
    }
    await vi.waitFor(() => expect(readings().length).toBeGreaterThanOrEqual(100), 10_000);
    await server.publishAsync(`application/app/device/${devEui(9)}/event/up`, up(9, 1), { qos: 1 });
    await vi.waitFor(() => expect(refused).toEqual([`device-not-listed: ${devEui(9)}`]));
    expect(readings()).toEqual(
      Array.from({ length: 100 }, (_, fCnt) => ({
        device: 'sensor 1',
        time: Date.parse('2026-01-01T00:00:00.500Z') * 1000,
        values: { rssi: -80, snr: 7, fCnt, temperature: fCnt / 10, fPort: 2 },
      })),
    );
  },
);

test('what could not be stored is taken later, and what came while we were away is not lost', async () => {
  const { channel, readings, full } = await open({ server: 'chirpstack', over: overMqtt('later'), codec: 'thermo' });
  const server = await networkServer();
  await vi.waitFor(() => expect(channel.links().get('')?.state).toBe('up'), 5_000);
  full.times = 1;
  const topic = `application/later/device/${devEui(1)}/event/up`;
  await server.publishAsync(topic, up(1, 1), { qos: 1 });
  await vi.waitFor(() => expect(readings()).toHaveLength(1), 5_000);
  await mosquitto.restart();
  await vi.waitFor(() => expect(channel.links().get('')).toMatchObject({ state: 'up', breaks: 1 }), 10_000);
  await vi.waitFor(() => expect(server.connected).toBe(true), 5_000);
  await server.publishAsync(topic, up(1, 2), { qos: 1 });
  await vi.waitFor(() => expect(readings()).toHaveLength(2), 5_000);
});

test('join, status and events become words; without a codec the network server’s own decoding counts', async () => {
  const { channel, taken, refused } = await open({ server: 'chirpstack', over: overMqtt('own') });
  const server = await networkServer();
  await vi.waitFor(() => expect(channel.links().get('')?.state).toBe('up'), 5_000);
  const tell = (event: string, body: string) =>
    server.publishAsync(`application/own/device/${devEui(2)}/event/${event}`, body, { qos: 1 });
  const deviceInfo = { devEui: devEui(2) };
  await tell('join', JSON.stringify({ deviceInfo, devAddr: 'aa' }));
  await tell('up', up(2, 1, { object: { co2: 400, rssi: 'mine' } }));
  await tell('up', up(2, 2));
  await tell('status', JSON.stringify({ deviceInfo, batteryLevel: 80, margin: 10 }));
  await tell('up', '{');
  await vi.waitFor(() => expect(refused).toHaveLength(2), 5_000);
  expect(taken).toMatchObject([
    { kind: 'occurrences', occurrences: [{ device: 'sensor 2', event: 'joined', data: { devAddr: 'aa' } }] },
    { readings: [{ device: 'sensor 2', values: { co2: 400, rssi: 'mine', snr: 7, fCnt: 1 } }] },
    { readings: [{ values: { rssi: -80, snr: 7, fCnt: 2 } }] },
    { readings: [{ values: { battery: 80, margin: 10 } }] },
  ]);
  expect(refused.map((line) => line.split(':')[0])).toEqual(['codec-unknown', 'payload-malformed']);
});

test('a command is queued at the network server and ends with the word of the device', async () => {
  const { channel } = await open({ server: 'chirpstack', over: overMqtt('down'), codec: 'thermo' });
  const server = await networkServer();
  const queued: { id: string; fPort: number; data: string; confirmed: boolean }[] = [];
  await server.subscribeAsync('application/down/device/+/command/down', { qos: 1 });
  server.on('message', (_, body) => queued.push(JSON.parse(body.toString())));
  await vi.waitFor(() => expect(channel.links().get('')?.state).toBe('up'), 5_000);
  const fate = async (at: number, event: string, more: object) => {
    await vi.waitFor(() => expect(queued.length).toBeGreaterThan(at), 5_000);
    const body = { deviceInfo: { devEui: devEui(1) }, queueItemId: queued[at]?.id, ...more };
    await server.publishAsync(`application/down/device/${devEui(1)}/event/${event}`, JSON.stringify(body), { qos: 1 });
  };
  const opened = channel.call('sensor 1', 'open', 7, 10_000);
  await fate(0, 'txack', {});
  await fate(0, 'ack', { acknowledged: true });
  expect(await opened).toEqual({ acknowledged: true });
  expect(queued[0]).toMatchObject({ confirmed: true, fPort: 15, data: 'Bw==' });

  const unheard = channel.call('sensor 1', 'downlink', { fPort: 3, data: 'AQI=' }, 10_000);
  const verdict = expect(unheard).rejects.toMatchObject({ type: 'device-silent' });
  await fate(1, 'ack', { acknowledged: false });
  await verdict;
  expect(queued[1]).toMatchObject({ fPort: 3, data: 'AQI=' });
  await expect(channel.call('sensor 1', 'open', 1, 300)).rejects.toMatchObject({ type: 'device-silent' });
  expect(channel.links().get('sensor 1')).toMatchObject({ sent: 3, lost: 2 });
  await expect(channel.call('sensor 1', 'downlink', { fPort: 3, data: '?' }, 300)).rejects.toMatchObject({
    type: 'payload-malformed',
  });
});

test('The Things Stack over its webhooks: known by its token, answered when it is safe, commanded over HTTP', async () => {
  const { createServer } = await import('node:http');
  const commands: { path: string | undefined; key: string | undefined; body: string }[] = [];
  const api = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    commands.push({ path: request.url, key: request.headers.authorization, body });
    response.end('{}');
  });
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  ends.push(() => api.close());
  const address = api.address();
  const apiPort = typeof address === 'object' && address ? address.port : 0;
  const token = 'a-token-of-some-length';
  const over = {
    kind: 'webhook' as const,
    port: 0,
    token,
    commands: { url: `http://127.0.0.1:${apiPort}/api/v3/as/applications/app1/webhooks/ours`, key: 'NNSXS' },
  };
  const { channel, readings, refused, full } = await open({ server: 'the-things-stack', over, codec: 'thermo' });
  const post = async (body: string, given = token) => {
    const url = `http://127.0.0.1:${channel.port}/`;
    const answer = await fetch(url, { method: 'POST', headers: { authorization: `Bearer ${given}` }, body });
    return answer.status;
  };
  const ids = { device_id: 'dev1', dev_eui: devEui(1).toUpperCase(), application_ids: { application_id: 'app1' } };
  const frame = JSON.stringify({
    end_device_ids: ids,
    received_at: '2026-01-01T00:00:00Z',
    uplink_message: { f_port: 2, f_cnt: 9, frm_payload: 'ANc=', rx_metadata: [{ rssi: -60, snr: 9 }] },
  });
  expect(await post(frame, 'another')).toBe(401);
  full.times = 1;
  expect(await post(frame)).toBe(503);
  expect(readings()).toEqual([]);
  expect(await Promise.all([post(frame), post(frame), post(frame)])).toEqual([200, 200, 200]);
  expect(readings()).toMatchObject([{ device: 'sensor 1', values: { temperature: 21.5, fCnt: 9 } }]);
  expect(await post('nonsense')).toBe(400);
  expect(await post('x'.repeat(300_000)).catch(() => 413)).toBe(413);
  expect(refused.map((line) => line.split(':')[0])).toEqual([
    'credential-unknown',
    'payload-malformed',
    'payload-too-large',
  ]);

  const called = channel.call('sensor 1', 'open', 7, 10_000);
  await vi.waitFor(() => expect(commands).toHaveLength(1), 5_000);
  expect(commands[0]).toMatchObject({
    path: '/api/v3/as/applications/app1/webhooks/ours/devices/dev1/down/push',
    key: 'Bearer NNSXS',
  });
  const [downlink] = JSON.parse(commands[0]?.body ?? '{}').downlinks;
  expect(downlink).toMatchObject({ f_port: 15, frm_payload: 'Bw==', confirmed: true });
  expect(await post(JSON.stringify({ end_device_ids: ids, downlink_ack: downlink }))).toBe(200);
  expect(await called).toEqual({ acknowledged: true });
});
