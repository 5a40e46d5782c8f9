import { connectAsync, type MqttClient } from 'mqtt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ordinary, sensor } from './testing/models.ts';
import { openTestGateway, type TestGateway } from './testing/open.ts';
import { eventually } from './testing/raw-mqtt.ts';

let open: TestGateway;
let clients: MqttClient[] = [];

interface Told {
  topic: string;
  body: unknown;
}

/** A client of a library this project did not write, with everything it was told. */
async function library(username: string, password?: string): Promise<{ client: MqttClient; told: Told[] }> {
  const client = await connectAsync(`mqtt://127.0.0.1:${open.mqttPort}`, { username, password, reconnectPeriod: 0 });
  clients.push(client);
  const told: Told[] = [];
  client.on('message', (topic, payload) => told.push({ topic, body: JSON.parse(payload.toString()) }));
  return { client, told };
}

const send = (client: MqttClient, topic: string, body: unknown) =>
  client.publishAsync(topic, JSON.stringify(body), { qos: 1 });

beforeEach(async () => {
  open = await openTestGateway();
  open.memory.list({ kind: 'token', token: 'device' }, 1, sensor);
  open.memory.list({ kind: 'secret', username: 'SN-2', password: 'own secret', clientId: '' }, 2, sensor);
  open.memory.list({ kind: 'token', token: 'gateway' }, 10, ordinary, true);
  open.memory.listBehind(10, 'Device A', 11, sensor);
  open.memory.listBehind(10, 'Device B', 12, ordinary);
});

afterEach(async () => {
  for (const client of clients) client.end(true);
  clients = [];
  await open.gateway.close();
});

test('[H-11.2-d] a device is known by an access token or by its own secret', async () => {
  const { client } = await library('device', '');
  await send(client, 'v1/devices/me/telemetry', { temperature: 1 });
  const other = await library('SN-2', 'own secret');
  await send(other.client, 'v1/devices/me/telemetry', { temperature: 2 });
  expect(open.memory.messages.map(({ thing }) => thing)).toEqual([1, 2]);
  await expect(library('SN-2', 'wrong')).rejects.toThrow(/Bad username or password/);
});

test('client attributes are kept; client and shared ones are given when asked for', async () => {
  const { client, told } = await library('device');
  open.memory.share(1, { target: 21, mode: 'eco' });
  await send(client, 'v1/devices/me/attributes', { firmware: '1.2', site: { floor: 3 } });
  await client.subscribeAsync('v1/devices/me/attributes/response/+', { qos: 1 });
  await send(client, 'v1/devices/me/attributes/request/4', { clientKeys: 'firmware', sharedKeys: 'target' });
  await eventually(() => told.length === 1);
  expect(told[0]).toEqual({
    topic: 'v1/devices/me/attributes/response/4',
    body: { client: { firmware: '1.2' }, shared: { target: 21 } },
  });
});

test('shared attributes that change are told to the device that listens', async () => {
  const { client, told } = await library('device');
  await client.subscribeAsync('v1/devices/me/attributes');
  open.memory.share(1, { target: 19 });
  await eventually(() => told.length === 1);
  expect(told[0]).toEqual({ topic: 'v1/devices/me/attributes', body: { target: 19 } });
});

test('a command that waited is delivered on subscribing, a new one at once, and the replies find their way', async () => {
  open.memory.command({ thing: 1, request: 7, method: 'open', params: { seconds: 5 } });
  const { client, told } = await library('device');
  expect(open.memory.sent).toEqual([]);
  await client.subscribeAsync('v1/devices/me/rpc/request/+', { qos: 1 });
  await eventually(() => told.length === 1);
  expect(told[0]).toEqual({ topic: 'v1/devices/me/rpc/request/7', body: { method: 'open', params: { seconds: 5 } } });
  open.memory.command({ thing: 1, request: 8, method: 'close', params: null });
  await eventually(() => told.length === 2);
  await send(client, 'v1/devices/me/rpc/response/7', { done: true });
  await send(client, 'v1/devices/me/rpc/response/8', 'ok');
  expect(open.memory.sent).toEqual(['1/7', '1/8']);
  expect(open.memory.answers).toEqual([
    { thing: 1, request: 7, reply: { done: true } },
    { thing: 1, request: 8, reply: 'ok' },
  ]);
});

test('a device may call the platform; an unknown method is answered with its problem type', async () => {
  const { client, told } = await library('device');
  await client.subscribeAsync('v1/devices/me/rpc/response/+');
  await send(client, 'v1/devices/me/rpc/request/1', { method: 'echo', params: 'x' });
  await send(client, 'v1/devices/me/rpc/request/2', { method: 'nonsense' });
  await eventually(() => told.length === 2);
  expect(told).toEqual([
    { topic: 'v1/devices/me/rpc/response/1', body: { thing: 1, params: 'x' } },
    { topic: 'v1/devices/me/rpc/response/2', body: { error: { type: 'method-unknown' } } },
  ]);
});

test('events are taken with their time and data', async () => {
  const { client } = await library('device');
  await send(client, 'v1/devices/me/events', { event: 'tamper', ts: 1_700_000_000_000, data: { by: 'lid' } });
  await send(client, 'v1/devices/me/events', { event: 'unheard-of' });
  expect(open.memory.events).toEqual([{ thing: 1, time: 1_700_000_000_000_000, event: 'tamper', data: { by: 'lid' } }]);
  expect(open.gateway.counters.refused).toEqual({ 'event-unknown': 1 });
});

test('[H-11.2-d] a gateway speaks for the devices listed behind it and for no other', async () => {
  const { client } = await library('gateway');
  await send(client, 'v1/gateway/connect', { device: 'Device A' });
  await send(client, 'v1/gateway/telemetry', {
    'Device A': [{ ts: 1_700_000_000_000, values: { temperature: 1, smoke: true } }],
    Stranger: [{ ts: 1_700_000_000_000, values: { temperature: 9 } }],
    'Device B': [{ temperature: 2 }],
  });
  await send(client, 'v1/gateway/events', { 'Device A': [{ event: 'tamper' }] });
  await send(client, 'v1/gateway/attributes', { 'Device B': { firmware: '3' } });
  expect(open.memory.messages.map(({ thing, values }) => [thing, values])).toEqual([
    [11, [1, 1]],
    [12, [2]],
  ]);
  expect(open.memory.events).toMatchObject([{ thing: 11, event: 'tamper' }]);
  expect(open.memory.client.get(12)).toEqual({ firmware: '3' });
  expect(open.gateway.counters.refused).toEqual({ 'device-not-listed': 1 });
  expect(open.memory.presence).toEqual(['+10', '+11', '+12']);
  await send(client, 'v1/gateway/disconnect', { device: 'Device A' });
  expect(open.memory.presence.at(-1)).toBe('-11');
});

test('a child taken off the list is refused from its next word on, while the gateway stays', async () => {
  const { client } = await library('gateway');
  await send(client, 'v1/gateway/telemetry', { 'Device A': [{ temperature: 1 }] });
  open.memory.revoke(11);
  await send(client, 'v1/gateway/telemetry', { 'Device A': [{ temperature: 2 }], 'Device B': [{ temperature: 3 }] });
  expect(open.memory.messages.map(({ thing }) => thing)).toEqual([11, 12]);
  expect(open.gateway.counters.refused).toEqual({ 'credential-revoked': 1 });
  expect(client.connected).toBe(true);
});

test('commands, attributes and replies of a child go through its gateway by name', async () => {
  const { client, told } = await library('gateway');
  await client.subscribeAsync(['v1/gateway/rpc', 'v1/gateway/attributes', 'v1/gateway/attributes/response'], {
    qos: 1,
  });
  open.memory.command({ thing: 11, request: 3, method: 'open', params: {} });
  await send(client, 'v1/gateway/connect', { device: 'Device A' });
  await eventually(() => told.length === 1);
  expect(told[0]).toEqual({
    topic: 'v1/gateway/rpc',
    body: { device: 'Device A', data: { id: 3, method: 'open', params: {} } },
  });
  await send(client, 'v1/gateway/rpc', { device: 'Device A', id: 3, data: { success: true } });
  expect(open.memory.answers).toEqual([{ thing: 11, request: 3, reply: { success: true } }]);
  open.memory.share(11, { target: 5 });
  await send(client, 'v1/gateway/attributes/request', { id: 1, device: 'Device A', client: false, key: 'target' });
  await eventually(() => told.length === 3);
  expect(told.slice(1)).toEqual([
    { topic: 'v1/gateway/attributes', body: { device: 'Device A', data: { target: 5 } } },
    { topic: 'v1/gateway/attributes/response', body: { id: 1, device: 'Device A', value: 5 } },
  ]);
});

test('[I-7.1-d] twenty dropped lines come back by the library’s own reconnecting', async () => {
  const client = await connectAsync(`mqtt://127.0.0.1:${open.mqttPort}`, { username: 'device', reconnectPeriod: 20 });
  clients.push(client);
  for (let i = 0; i < 20; i++) {
    client.stream.destroy();
    await eventually(() => !client.connected);
    await eventually(() => client.connected, 10_000);
    await send(client, 'v1/devices/me/telemetry', { temperature: i });
  }
  expect(open.memory.messages).toHaveLength(20);
});

test('the will of a device is taken when its line breaks, on its own topics only, and never from one taken off the list', async () => {
  const withWill = (topic: string) =>
    connectAsync(`mqtt://127.0.0.1:${open.mqttPort}`, {
      username: 'device',
      reconnectPeriod: 0,
      will: { topic, payload: Buffer.from('{"temperature":-1}'), qos: 1, retain: true },
    });
  const good = await withWill('v1/devices/me/telemetry');
  good.stream.destroy();
  await eventually(() => open.memory.messages.length === 1);
  const foreign = await withWill('v1/devices/other/telemetry');
  foreign.stream.destroy();
  await eventually(() => open.gateway.counters.refused['topic-forbidden'] === 1);
  const revoked = await withWill('v1/devices/me/telemetry');
  clients.push(good, foreign, revoked);
  open.memory.revoke(1);
  await eventually(() => open.gateway.gauges().sessions === 0);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(open.memory.messages).toMatchObject([{ thing: 1, values: [-1] }]);
});
