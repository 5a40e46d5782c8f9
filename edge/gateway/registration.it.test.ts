import { DeviceNotListed, refuse } from '@keystead/terminals/port';
import { connectAsync } from 'mqtt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Credential, ProvisionRequest } from './ports.ts';
import { readSignature } from './signature.ts';
import { MemoryPorts } from './testing/memory-ports.ts';
import { sensor } from './testing/models.ts';
import { openTestGateway, type TestGateway } from './testing/open.ts';
import { eventually } from './testing/raw-mqtt.ts';

let open: TestGateway;
let asked: ProvisionRequest[];
const body = { deviceName: 'METER-7', provisionDeviceKey: 'pk-1', provisionDeviceSecret: 'the-secret-of-the-product' };

beforeEach(async () => {
  asked = [];
  const memory = new MemoryPorts();
  memory.ports.provisioning = {
    provision: async (request) => {
      asked.push(request);
      if (request.deviceName === 'STRANGER') return refuse(DeviceNotListed, 'not waiting');
      return { kind: request.kind, username: request.kind === 'secret' ? request.deviceName : null, value: 'own-1' };
    },
  };
  open = await openTestGateway({ limits: { provisionsPerSecond: 5 } }, memory);
});
afterEach(() => open.gateway.close());

const post = (given: unknown) =>
  fetch(`${open.httpUrl}/api/v1/provision`, { method: 'POST', body: JSON.stringify(given) });

test('[H-11.2-f] a device without a credential asks for one over HTTP, and its answers are those of known firmware', async () => {
  const answer = await post(body);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(await answer.json()).toEqual({
    status: 'SUCCESS',
    provisionDeviceStatus: 'SUCCESS',
    credentialsType: 'ACCESS_TOKEN',
    credentialsValue: 'own-1',
  });
  expect(asked).toEqual([{ deviceName: 'METER-7', key: 'pk-1', secret: 'the-secret-of-the-product', kind: 'token' }]);
  const basic = (await (await post({ ...body, credentialsType: 'MQTT_BASIC' })).json()) as {
    credentialsValue: unknown;
  };
  expect(basic.credentialsValue).toEqual({ userName: 'METER-7', password: 'own-1' });
  expect((await post({ ...body, deviceName: 'STRANGER' })).status).toBe(403);
  expect((await post({ ...body, deviceName: 7 })).status).toBe(400);
  expect((await post([])).status).toBe(400);
});

test('requests to be registered are limited, and their refusals hold no secret', async () => {
  const statuses = await Promise.all(Array.from({ length: 30 }, async () => (await post(body)).status));
  expect(statuses.filter((status) => status === 503).length).toBeGreaterThan(10);
  await eventually(() => (open.memory.refused().overloaded ?? 0) > 10, 3_000);
  expect(JSON.stringify(open.memory.refusals)).not.toContain('the-secret-of-the-product');
});

test('[H-11.2-f] over MQTT the user "provision" may ask on one topic, and is cut for anything else', async () => {
  const url = `mqtt://127.0.0.1:${open.mqttPort}`;
  const client = await connectAsync(url, { username: 'provision', reconnectPeriod: 0 });
  const heard: Record<string, unknown>[] = [];
  client.on('message', (_topic, payload) => heard.push(JSON.parse(payload.toString())));
  await client.subscribeAsync('/provision/response', { qos: 1 });
  await client.publishAsync('/provision/request', JSON.stringify({ ...body, credentialsType: 'SIGNATURE' }), {
    qos: 1,
  });
  await client.publishAsync('/provision/request', JSON.stringify({ ...body, deviceName: 'STRANGER' }), { qos: 1 });
  await eventually(() => heard.length === 2);
  expect(heard[0]).toMatchObject({ status: 'SUCCESS', credentialsType: 'SIGNATURE', credentialsValue: 'own-1' });
  expect(heard[1]).toMatchObject({ status: 'FAILURE', type: 'device-not-listed' });
  let closed = false;
  client.on('close', () => {
    closed = true;
  });
  client.publish('v1/devices/me/telemetry', '{"temperature":1}', { qos: 1 });
  await eventually(() => closed);
  client.end(true);
  expect(open.memory.messages).toEqual([]);
  expect(open.gateway.gauges().sessions).toBe(0);
});

test('a signature is read from user name and password; what only looks like one stays a secret', async () => {
  const name = 'METER-7&hmacsm3&1790000000000&a1b2c3d4';
  const mac = 'ab'.repeat(32);
  const read = readSignature(name, mac, 'c') as Extract<Credential, { kind: 'signature' }>;
  expect(read).toMatchObject({ code: 'METER-7', algorithm: 'hmacsm3', timestamp: 1790000000000, nonce: 'a1b2c3d4' });
  expect(readSignature(name, 'secret', 'c')).toBeUndefined();
  expect(readSignature('METER-7&md5&1790000000000&a1b2c3d4', mac, 'c')).toBeUndefined();
  expect(readSignature('METER-7&hmacsm3&1790000000000&short', mac, 'c')).toBeUndefined();
  open.memory.list(read, 7, sensor);
  const url = `mqtt://127.0.0.1:${open.mqttPort}`;
  const client = await connectAsync(url, { username: name, password: mac, clientId: 'c', reconnectPeriod: 0 });
  await client.publishAsync('v1/devices/me/telemetry', '{"temperature":20}', { qos: 1 });
  expect(open.memory.messages.at(-1)).toMatchObject({ thing: 7, values: [20] });
  client.end(true);
});
