import { afterEach, beforeEach, expect, test } from 'vitest';
import { sensor } from './testing/models.ts';
import { openTestGateway, type TestGateway } from './testing/open.ts';
import { eventually, publishFrame, RawClient } from './testing/raw-mqtt.ts';

const telemetry = 'v1/devices/me/telemetry';
let open: TestGateway;
let clients: RawClient[] = [];

function client(from?: string): RawClient {
  const made = new RawClient(open.mqttPort, from);
  clients.push(made);
  return made;
}

beforeEach(async () => {
  open = await openTestGateway({ limits: { commitPauseMs: 1, commitTries: 3 } });
  open.memory.list({ kind: 'token', token: 'one' }, 1, sensor);
  open.memory.list({ kind: 'token', token: 'two' }, 2, sensor);
});

afterEach(async () => {
  for (const one of clients) one.end();
  clients = [];
  open.memory.release();
  await open.gateway.close();
});

test('PUBACK comes only after the commit', async () => {
  const device = client();
  expect(await device.signIn('one')).toBe(0);
  open.memory.hold();
  device.publish(telemetry, { temperature: 21 }, 7);
  await eventually(() => open.gateway.gauges().queuedMessages === 1);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(device.acks()).toEqual([]);
  expect(open.memory.messages).toEqual([]);
  open.memory.release();
  await device.until(() => device.acks().length === 1);
  expect(device.acks()).toEqual([7]);
  expect(open.memory.messages).toMatchObject([{ thing: 1, keys: [1], values: [21], qualities: [0] }]);
});

test('QoS 0 is stored too and answered with nothing; QoS 2 is stored once although sent twice', async () => {
  const device = client();
  await device.signIn('one');
  device.publish(telemetry, { temperature: 1 }, 0, 0);
  device.publish(telemetry, { temperature: 2 }, 5, 2);
  await device.until(() => device.packets.some(({ kind }) => kind === 5));
  const again = publishFrame(telemetry, '{"temperature":2}', 5, 2);
  again[0] = (again[0] ?? 0) | 0x08;
  device.socket.write(again);
  await device.until(() => device.packets.filter(({ kind }) => kind === 5).length === 2);
  device.socket.write(Buffer.from([0x62, 2, 0, 5]));
  await device.until(() => device.packets.some(({ kind }) => kind === 7));
  expect(open.memory.messages.map(({ values }) => values[0])).toEqual([1, 2]);
  expect(device.acks()).toEqual([]);
});

test('acknowledgements keep the order of arrival although urgent data is committed first', async () => {
  const device = client();
  await device.signIn('one');
  open.memory.hold();
  device.publish(telemetry, { temperature: 0 }, 100);
  await eventually(() => open.gateway.gauges().queuedMessages === 1);
  // The first commit is under way; these wait together for the second.
  await new Promise((resolve) => setTimeout(resolve, 20));
  device.publish(telemetry, { temperature: 1 }, 1);
  device.publish(telemetry, { humidity: 2 }, 2);
  device.publish(telemetry, { smoke: true }, 3);
  await eventually(() => open.gateway.gauges().queuedMessages === 4);
  open.memory.release();
  await device.until(() => device.acks().length === 4);
  expect(device.acks()).toEqual([100, 1, 2, 3]);
  expect(open.memory.messages.slice(1).map(({ keys }) => keys[0])).toEqual([3, 2, 1]);
});

test('[H-8.2-b] behind a held commit, level 3 of every device leaves before level 2 before level 1', async () => {
  const devices = [client(), client()];
  await devices[0]?.signIn('one');
  await devices[1]?.signIn('two');
  open.memory.hold();
  devices[0]?.publish(telemetry, { temperature: 0 }, 1);
  await eventually(() => open.gateway.gauges().queuedMessages === 1);
  await new Promise((resolve) => setTimeout(resolve, 20));
  for (let i = 0; i < 50; i++) {
    for (const device of devices) {
      device.publish(telemetry, [{ temperature: i }, { humidity: i }, { count: i }][i % 3] ?? {}, 10 + i);
      if (i % 5 === 0) device.publish('v1/devices/me/events', { event: 'tamper' }, 100 + i);
      if (i % 7 === 0) device.publish(telemetry, { smoke: true }, 200 + i);
    }
  }
  await eventually(() => open.gateway.gauges().queuedMessages === 1 + 100 + 20 + 16);
  open.memory.release();
  await eventually(() => open.gateway.gauges().queuedMessages === 0);
  const levels = open.memory.messages.slice(1).map(({ keys }) => ({ 3: 3, 2: 2 })[keys[0] ?? 0] ?? 1);
  expect(levels).toEqual([...levels].sort((a, b) => b - a));
  expect(levels.filter((level) => level === 3)).toHaveLength(16);
  expect(open.memory.events).toHaveLength(20);
});

test('a commit that fails is tried again, and one that keeps failing acknowledges nothing', async () => {
  const device = client();
  await device.signIn('one');
  open.memory.failures = 2;
  device.publish(telemetry, { temperature: 1 }, 1);
  await device.until(() => device.acks().length === 1);
  open.memory.failures = 100;
  device.publish(telemetry, { temperature: 2 }, 2);
  await device.until(() => device.closed);
  expect(device.closed).toBe(true);
  expect(device.acks()).toEqual([1]);
  expect(open.memory.messages).toHaveLength(1);
  expect(open.gateway.counters.commitFailures).toBeGreaterThanOrEqual(5);
});

test('what was taken before the end is committed by closing', async () => {
  const device = client();
  await device.signIn('one');
  open.memory.hold();
  for (let id = 1; id <= 20; id++) device.publish(telemetry, { temperature: id }, id);
  await eventually(() => open.gateway.gauges().queuedMessages === 20);
  const closing = open.gateway.close();
  open.memory.release();
  await closing;
  expect(open.memory.messages).toHaveLength(20);
  await device.until(() => device.closed);
  expect(device.acks()).toHaveLength(20);
});

test('readings without a time get strictly rising ones, readings with a time keep it to the microsecond', async () => {
  const device = client();
  await device.signIn('one');
  device.publish(telemetry, [{ temperature: 1 }, { temperature: 1 }, { temperature: 1 }], 1);
  device.publish(telemetry, { ts: 1_700_000_000_000.5, values: { temperature: 1 } }, 2);
  await device.until(() => device.acks().length === 2);
  const times = open.memory.messages.map(({ time }) => time);
  expect(times[3]).toBe(1_700_000_000_000_500);
  expect(new Set(times.slice(0, 3)).size).toBe(3);
  expect([...times.slice(0, 3)].sort((a, b) => a - b)).toEqual(times.slice(0, 3));
});
