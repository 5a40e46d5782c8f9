import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { clause, type Installation, startInstallation } from '@keystead/kernel/testing';
import { alarmsOf, eventually, oneDevice, type TestDevice } from '@keystead/tests/devices';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
let platform: Installation;
let device: TestDevice;

beforeAll(async () => {
  platform = await startInstallation();
  device = await oneDevice(platform);
});
afterAll(() => platform.stop());

const publish = (...more: string[]) =>
  run('mosquitto_pub', [
    '-h',
    '127.0.0.1',
    '-p',
    String(platform.ports.mqtt),
    '-q',
    '1',
    '-u',
    device.token,
    '-t',
    'v1/devices/me/telemetry',
    ...more,
  ]);

interface Latest {
  values: Record<string, { value: number; quality: string; time: string }>;
}
const latest = () => platform.call<Latest>('GET', `/telemetry/things/${device.id}/latest`);

test(
  clause(
    'H-5-2',
    'a message of mosquitto_pub becomes a row, an alarm and a work order, and the journal says who opened it',
  ),
  async () => {
    await publish('-m', '{"smoke": 1.5, "temperature": 22.5}');
    await eventually(latest, ({ values }) => values.smoke?.value === 1.5);
    await publish('-m', '{"ts": 1780000000000, "values": {"smoke": 50}}'); // long ago: history, no alarm of today
    await publish('-m', JSON.stringify([{ smoke: 15.5 }]));
    const { items } = await eventually(
      () => alarmsOf(platform, device),
      (page) => page.items.length === 1,
    );
    expect(items[0]).toMatchObject({ condition: 'active', severity: 1 });
    const cases = await eventually(
      () => platform.call<{ items: { subjectId: string; state: string }[] }>('GET', '/cases'),
      (page) => page.items.length > 0,
    );
    expect(cases.items).toMatchObject([{ subjectId: device.id, state: 'new' }]);
  },
);

test(
  clause('I-7.1-d', 'a client library of somebody else publishes over TLS and reads shared attributes'),
  async () => {
    const client = await connectAsync(`mqtts://localhost:${platform.ports.mqtts}`, {
      username: device.token,
      rejectUnauthorized: false,
      protocolVersion: 4,
    });
    await client.publishAsync('v1/devices/me/telemetry', JSON.stringify({ temperature: 31.25 }), { qos: 1 });
    await eventually(latest, ({ values }) => values.temperature?.value === 31.25);
    await platform.call('PUT', `/things/${device.id}/attributes`, { interval: 15 });
    const answered = new Promise<string>((resolve) =>
      client.on('message', (_topic, payload) => resolve(payload.toString())),
    );
    await client.subscribeAsync('v1/devices/me/attributes/response/+');
    await client.publishAsync('v1/devices/me/attributes/request/1', JSON.stringify({ sharedKeys: 'interval' }));
    expect(JSON.parse(await answered)).toMatchObject({ shared: { interval: 15 } });
    await client.endAsync();
  },
);

test('a paho client publishes and is acknowledged', async () => {
  const script = [
    'import sys, paho.mqtt.client as m',
    'c = m.Client()',
    'c.username_pw_set(sys.argv[2])',
    'c.connect("127.0.0.1", int(sys.argv[1]))',
    'c.loop_start()',
    'i = c.publish("v1/devices/me/telemetry", \'{"battery": 77}\', qos=1)',
    'i.wait_for_publish(10)',
    'c.loop_stop()',
    'sys.exit(0 if i.is_published() else 1)',
  ].join('\n');
  await run('/usr/bin/python3', ['-c', script, String(platform.ports.mqtt), device.token]);
  await eventually(latest, ({ values }) => values.battery?.value === 77);
});

test('the HTTP form answers 200 only for what is stored, and says what is wrong with the rest', async () => {
  const post = (body: string) =>
    fetch(`http://127.0.0.1:${platform.ports.deviceHttp}/api/v1/${device.token}/telemetry`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
  expect((await post('{"temperature": 24}')).status).toBe(200);
  const bad = await post('{"temperature": ');
  expect(bad.status).toBe(400);
  expect(await bad.json()).toMatchObject({ type: 'payload-malformed' });
  const stranger = await fetch(`http://127.0.0.1:${platform.ports.deviceHttp}/api/v1/nobody/telemetry`, {
    method: 'POST',
    body: '{}',
  });
  expect(stranger.status).toBe(401);
});

test('unknown properties, wrong types and impossible times are refused or flagged, counted, and visible; nothing turns into a value', async () => {
  await publish('-m', '{"temperature": "12", "nonsense": 1, "smoke": 0.5}');
  await publish('-m', 'not json');
  const rows = await eventually(
    () => platform.call<{ type: string; count: number }[]>('GET', `/things/${device.id}/refusals`),
    (all) => all.length >= 3,
  );
  const types = rows.map((row) => row.type);
  expect(types).toContain('value-wrong-type');
  expect(types).toContain('property-unknown');
  expect(types).toContain('payload-malformed');
  expect((await latest()).values.temperature?.value).not.toBe(12);
});

test(
  clause('H-11.2-g-1', 'H-11.2-g-2', 'a device taken off the list is cut within a second and refused from then on'),
  async () => {
    const other = await oneDevice(platform, 'smoke-detector', 'DEV-2');
    const client = await connectAsync(`mqtt://127.0.0.1:${platform.ports.mqtt}`, {
      username: other.token,
      protocolVersion: 4,
      reconnectPeriod: 0,
    });
    const cut = new Promise<number>((resolve) => {
      const since = Date.now();
      client.on('close', () => resolve(Date.now() - since));
    });
    await platform.call('PUT', `/things/${other.id}/whitelist`, { whitelist: 'revoked', reason: 'lost' });
    expect(await cut).toBeLessThan(10_000); // the clause's own limit
    await expect(
      connectAsync(`mqtt://127.0.0.1:${platform.ports.mqtt}`, {
        username: other.token,
        protocolVersion: 4,
        reconnectPeriod: 0,
      }),
    ).rejects.toThrow();
  },
);

test(clause('H-11.2-g-3', 'a device that publishes on another’s topic is cut, and people are alarmed'), async () => {
  const client = await connectAsync(`mqtt://127.0.0.1:${platform.ports.mqtt}`, {
    username: device.token,
    protocolVersion: 4,
    reconnectPeriod: 0,
  });
  const cut = new Promise<void>((resolve) => client.on('close', () => resolve()));
  client.publish('v1/devices/DEV-2/telemetry', '{}', { qos: 1 }, () => {});
  await cut;
  const { items } = await eventually(
    () => platform.call<{ items: { rule: string }[] }>('GET', '/alarms?state=all&limit=200'),
    (page) => page.items.some((item) => item.rule.startsWith('platform:security')),
  );
  expect(items.some((item) => item.rule === 'platform:security:topic-forbidden')).toBe(true);
});
