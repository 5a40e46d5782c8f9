import { afterEach, beforeEach, expect, test } from 'vitest';
import { ordinary, sensor } from './testing/models.ts';
import { openTestGateway, type TestGateway } from './testing/open.ts';
import { eventually, frame, RawClient } from './testing/raw-mqtt.ts';

const telemetry = 'v1/devices/me/telemetry';
let open: TestGateway;
let clients: RawClient[] = [];

function client(from?: string): RawClient {
  const made = new RawClient(open.mqttPort, from);
  clients.push(made);
  return made;
}

beforeEach(async () => {
  open = await openTestGateway({ limits: { connectTimeoutMs: 300 } });
  open.memory.list({ kind: 'token', token: 'one' }, 1, sensor);
  open.memory.list({ kind: 'token', token: 'two' }, 2, ordinary);
});

afterEach(async () => {
  for (const one of clients) one.end();
  clients = [];
  await open.gateway.close();
});

test('[H-11.2-g-1] a device that is not on the list is refused, every time, and counted', async () => {
  for (let i = 0; i < 20; i++) {
    const stranger = client();
    expect(await stranger.signIn(`stranger-${i}`)).toBe(4);
    await stranger.until(() => stranger.closed);
  }
  await eventually(() => open.memory.refused()['credential-unknown'] === 20, 3_000);
  expect(open.memory.refusals.every(({ sample }) => !sample.includes('stranger'))).toBe(true);
});

test('[H-11.2-g-1] a device put on the list is let in at its next try', async () => {
  expect(await client().signIn('late')).toBe(4);
  open.memory.list({ kind: 'token', token: 'late' }, 9, sensor);
  expect(await client().signIn('late')).toBe(0);
});

test('[H-11.2-g-2] a device taken off the list while connected is cut within a second and stays out', async () => {
  const device = client();
  await device.signIn('one');
  device.publish(telemetry, { temperature: 1 }, 1);
  await device.until(() => device.acks().length === 1);
  const began = Date.now();
  open.memory.revoke(1);
  await device.until(() => device.closed);
  expect(device.closed).toBe(true);
  expect(Date.now() - began).toBeLessThan(1_000);
  expect(await client().signIn('one')).toBe(5);
  expect(open.memory.findings).toMatchObject([{ kind: 'revoked', thing: 1 }]);
  await eventually(() => open.memory.refused()['credential-revoked'] === 1, 3_000);
});

test('[H-11.2-f] a clone is refused ten times out of ten, the first session goes on, and it is reported', async () => {
  const first = client();
  await first.signIn('one', 'meter-1');
  for (let i = 0; i < 10; i++) {
    const clone = client('127.0.0.2');
    expect(await clone.signIn('one', 'meter-1')).toBe(5);
    await clone.until(() => clone.closed);
  }
  first.publish(telemetry, { temperature: 1 }, 1);
  await first.until(() => first.acks().length === 1);
  expect(first.acks()).toEqual([1]);
  expect(open.gateway.counters.clones).toBe(10);
  expect(open.memory.findings).toMatchObject([{ kind: 'clone', thing: 1, peer: '127.0.0.2' }]);
});

test('[I-7.1-d] a device that makes up a new client id at each start takes over from the same address', async () => {
  const first = client();
  await first.signIn('one', 'meter-1');
  expect(await client().signIn('one', 'meter-2')).toBe(0);
  await first.until(() => first.closed);
  expect(open.gateway.counters.clones).toBe(0);
});

test('[I-7.1-d] the same device takes over its own half-open connection', async () => {
  const before = client();
  await before.signIn('one', 'meter-1');
  // The line is dead: nothing is read or written on the old socket any more.
  before.socket.pause();
  const after = client();
  expect(await after.signIn('one', 'meter-1')).toBe(0);
  after.publish(telemetry, { temperature: 1 }, 1);
  await after.until(() => after.acks().length === 1);
  expect(open.gateway.counters.takeovers).toBe(1);
  expect(open.gateway.gauges().sessions).toBe(1);
});

test('many devices may use the same client id: what counts is the credential', async () => {
  const one = client();
  const two = client();
  expect(await one.signIn('one', 'ESP8266Client')).toBe(0);
  expect(await two.signIn('two', 'ESP8266Client')).toBe(0);
  one.publish(telemetry, { temperature: 1 }, 1);
  two.publish(telemetry, { temperature: 2 }, 1);
  await one.until(() => one.acks().length === 1);
  await two.until(() => two.acks().length === 1);
  expect(open.memory.messages.map(({ thing }) => thing).sort()).toEqual([1, 2]);
});

test('[H-11.2-g-3] publishing on a topic that is not its own cuts the device off, reported within a second', async () => {
  for (const [index, topic] of ['v1/devices/two/telemetry', 'v1/gateway/telemetry', '$SYS/x', 'anything'].entries()) {
    const device = client();
    expect(await device.signIn('one', `c${index}`)).toBe(0);
    device.publish(topic, { temperature: 1 }, 1);
    await device.until(() => device.closed);
    expect(device.acks()).toEqual([]);
  }
  expect(open.memory.messages).toEqual([]);
  expect(open.memory.findings[0]).toMatchObject({
    kind: 'topic-forbidden',
    thing: 1,
    detail: 'publish v1/devices/two/telemetry',
  });
  await eventually(() => open.memory.refused()['topic-forbidden'] === 4, 3_000);
});

test('a filter that is not its own is answered with failure, its own with success', async () => {
  const device = client();
  await device.signIn('two');
  const subscribe = (id: number, filter: string) => {
    const name = Buffer.from(filter);
    device.socket.write(frame(0x82, Buffer.concat([Buffer.from([0, id, 0, name.length]), name, Buffer.from([1])])));
  };
  subscribe(1, '#');
  subscribe(2, 'v1/devices/+/telemetry');
  subscribe(3, 'v1/gateway/rpc');
  subscribe(4, 'v1/devices/me/rpc/request/+');
  await device.until(() => device.packets.filter(({ kind }) => kind === 9).length === 4);
  const granted = new Map(device.packets.filter(({ kind }) => kind === 9).map(({ body }) => [body[1], body[2]]));
  expect([granted.get(1), granted.get(2), granted.get(3), granted.get(4)]).toEqual([128, 128, 128, 1]);
});

test('topic rights follow the model: without events there is no event topic', async () => {
  const device = client();
  await device.signIn('two');
  device.publish('v1/devices/me/events', { event: 'tamper' }, 1);
  await device.until(() => device.closed);
  expect(open.memory.events).toEqual([]);
});

test('whoever connects and says nothing, or says it byte by byte, is cut off', async () => {
  const silent = client();
  const slow = client();
  slow.socket.write(Buffer.from([0x10, 60, 0, 4]));
  await Promise.all([silent.until(() => silent.closed), slow.until(() => slow.closed)]);
  expect([silent.closed, slow.closed]).toEqual([true, true]);
});

test('[I-7.1-d] a silent connection ends after one and a half times its keep-alive; a ping, not half a packet, keeps it', async () => {
  const silent = client();
  const pinging = client();
  const trickling = client();
  await silent.signIn('one', 'a', 1);
  await pinging.signIn('two', 'b', 1);
  open.memory.list({ kind: 'token', token: 'three' }, 3, sensor);
  await trickling.signIn('three', 'c', 1);
  trickling.socket.write(Buffer.from([0x30, 60]));
  const beat = setInterval(() => {
    pinging.socket.write(Buffer.from([0xc0, 0]));
    trickling.socket.write(Buffer.from([0]));
  }, 300);
  await Promise.all([silent.until(() => silent.closed), trickling.until(() => trickling.closed)]);
  clearInterval(beat);
  expect([silent.closed, trickling.closed, pinging.closed]).toEqual([true, true, false]);
  expect(pinging.packets.some(({ kind }) => kind === 13)).toBe(true);
});

test('signs of life are gathered: one row a thing, however much it says', async () => {
  const device = client();
  await device.signIn('one');
  for (let id = 1; id <= 200; id++) device.publish(telemetry, { temperature: id }, id);
  await device.until(() => device.acks().length === 200);
  await eventually(() => open.memory.heard.length > 0, 3_000);
  expect(open.memory.heard.filter(({ thing }) => thing === 1).length).toBeLessThanOrEqual(2);
  expect(open.memory.presence).toEqual(['+1']);
  device.end();
  await eventually(() => open.memory.presence.length === 2);
  expect(open.memory.presence).toEqual(['+1', '-1']);
});
