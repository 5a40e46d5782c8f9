import { quality } from '@keystead/contracts/telemetry';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sensor } from './testing/models.ts';
import { openTestGateway, type TestGateway } from './testing/open.ts';
import { connectFrame, eventually, frame, RawClient } from './testing/raw-mqtt.ts';

const telemetry = 'v1/devices/me/telemetry';
let open: TestGateway;
let clients: RawClient[] = [];

function client(): RawClient {
  const made = new RawClient(open.mqttPort);
  clients.push(made);
  return made;
}

beforeEach(async () => {
  open = await openTestGateway({ limits: { flushMs: 50 } });
  open.memory.list({ kind: 'token', token: 'one' }, 1, sensor);
});

afterEach(async () => {
  for (const one of clients) one.end();
  clients = [];
  await open.gateway.close();
});

/** Sends one payload, then a good one behind it, and gives the refusals by type. */
async function refusedBy(payload: string | Uint8Array): Promise<Record<string, number>> {
  const device = client();
  await device.signIn('one');
  device.publish(telemetry, payload, 1);
  device.publish(telemetry, { temperature: 20 }, 2);
  await device.until(() => device.acks().includes(2));
  expect(device.acks()).toEqual([1, 2]);
  device.end();
  const { refused } = open.gateway.counters;
  return { ...refused };
}

test.each([
  ['{"temperature":', 'payload-malformed'],
  ['{"temperature":NaN}', 'payload-malformed'],
  ['[[]]', 'payload-malformed'],
  [Buffer.from('{"label":"\xff"}', 'latin1'), 'payload-not-utf8'],
  ['{"temperature":"21"}', 'value-wrong-type'],
  ['{"temperature":1e999}', 'value-wrong-type'],
  ['{"count":9007199254740993}', 'value-wrong-type'],
  ['{"mode":"standby"}', 'value-wrong-type'],
  ['{"label":"a\\u0000b"}', 'value-wrong-type'],
  ['{"pressure":1}', 'property-unknown'],
  ['{"__proto__":1}', 'property-unknown'],
  [`{"ts":${Date.now() + 40 * 86_400_000},"values":{"temperature":1}}`, 'time-out-of-range'],
  ['{"ts":-5,"values":{"temperature":1}}', 'time-out-of-range'],
])('%s is refused as %s, and what follows is taken', async (payload, type) => {
  expect(await refusedBy(payload)).toEqual({ [type]: 1 });
  expect(open.memory.messages).toMatchObject([{ keys: [1], values: [20] }]);
  await eventually(() => open.memory.refused()[type] === 1, 3_000);
  expect(open.memory.refusals[0]).toMatchObject({ thing: 1, peer: '127.0.0.1', count: 1 });
});

test('good parts of a message are kept beside the refused ones, each exactly as sent', async () => {
  const device = client();
  await device.signIn('one');
  device.publish(
    telemetry,
    { temperature: 21.25, pressure: 3, smoke: 'yes', mode: 'on', label: '水表', detail: { a: [1] }, count: 0 },
    1,
  );
  await device.until(() => device.acks().length === 1);
  const [message] = open.memory.messages;
  expect(message).toMatchObject({ keys: [1, 5, 6, 7, 4], texts: { 6: '水表', 7: '{"a":[1]}' } });
  expect(message?.values).toEqual([21.25, 1, Number.NaN, Number.NaN, 0]);
  expect(open.gateway.counters.refused).toEqual({ 'property-unknown': 1, 'value-wrong-type': 1 });
});

test('doubtful values and clocks are stored as sent, with the reason as quality', async () => {
  const device = client();
  await device.signIn('one');
  const soon = Date.now() + 3_600_000;
  device.publish(telemetry, { temperature: 900 }, 1);
  device.publish(telemetry, { ts: soon, values: { temperature: 20 } }, 2);
  device.publish(telemetry, { ts: 86_400_000, values: { temperature: 20 } }, 3);
  await device.until(() => device.acks().length === 3);
  expect(open.memory.messages.map(({ values, qualities }) => [values[0], qualities[0]])).toEqual([
    [900, quality.suspectRange],
    [20, quality.suspectClock],
    [20, quality.suspectClock],
  ]);
  expect(open.memory.messages.slice(1).map(({ time }) => time)).toEqual([soon * 1000, 86_400_000_000]);
  expect(open.gateway.counters.refused).toEqual({ 'clock-suspect': 2 });
});

test('a megabyte is refused by its announced length, before it is sent', async () => {
  const device = client();
  await device.signIn('one');
  device.socket.write(frame(0x32, Buffer.from([0, 4]), 1024 * 1024));
  await device.until(() => device.closed);
  expect(device.closed).toBe(true);
  expect(open.gateway.counters.refused).toEqual({ 'payload-too-large': 1 });
  const other = client();
  expect(await other.signIn('one', 'again')).toBe(0);
});

test('a payload just over the limit is refused by itself, the connection stays', async () => {
  const most = JSON.stringify({ label: 'x' }).length;
  expect(await refusedBy(`{"label":"${'x'.repeat(64 * 1024 - most + 2)}"}`)).toEqual({ 'payload-too-large': 1 });
});

test('a topic that is no UTF-8 is nobody’s topic', async () => {
  const device = client();
  await device.signIn('one');
  device.publish(Buffer.from([0x76, 0x31, 0xff, 0xfe]), '{}', 1);
  await device.until(() => device.closed);
  expect(open.gateway.counters.refused['topic-forbidden']).toBe(1);
});

test('garbage without end ends the session and is reported, one finding for all of it', async () => {
  const device = client();
  await device.signIn('one');
  for (let id = 1; id <= 200; id++) device.publish(telemetry, 'no json', id);
  await device.until(() => device.closed);
  expect(device.acks().length).toBeLessThan(100);
  expect(open.memory.findings).toMatchObject([{ kind: 'garbage', thing: 1 }]);
});

test('a device that subscribes to its problems is told what was refused', async () => {
  const device = client();
  await device.signIn('one');
  const filter = Buffer.from('v1/devices/me/problems');
  device.socket.write(frame(0x82, Buffer.concat([Buffer.from([0, 1, 0, filter.length]), filter, Buffer.from([0])])));
  await device.until(() => device.packets.some(({ kind }) => kind === 9));
  device.publish(telemetry, { pressure: 1 }, 1);
  await device.until(() => device.packets.some(({ kind }) => kind === 3));
  const told = device.packets.find(({ kind }) => kind === 3)?.body ?? Buffer.alloc(2);
  expect(JSON.parse(told.subarray(2 + told.readUInt16BE(0)).toString())).toEqual({
    type: 'property-unknown',
    about: telemetry,
    pointer: '/pressure',
  });
});

test('random bytes on the wire never harm the gateway, whether before or behind CONNECT', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.boolean(), async (bytes, signedIn) => {
      const device = client();
      if (signedIn) device.socket.write(connectFrame('fuzz', 'one'));
      device.socket.write(bytes);
      await new Promise<void>((resolve) => device.socket.end(() => resolve()));
      device.end();
    }),
    { numRuns: 150 },
  );
  await eventually(() => open.gateway.gauges().connections === 0);
  const device = client();
  expect(await device.signIn('one', 'after')).toBe(0);
  device.publish(telemetry, { temperature: 20 }, 1);
  await device.until(() => device.acks().length === 1);
  expect(device.acks()).toEqual([1]);
});
