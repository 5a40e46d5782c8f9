import { afterEach, expect, test } from 'vitest';
import { ordinary, sensor } from './testing/models.ts';
import { openTestGateway, type TestGateway } from './testing/open.ts';
import { eventually, publishFrame, RawClient } from './testing/raw-mqtt.ts';

const telemetry = 'v1/devices/me/telemetry';
let open: TestGateway;
let clients: RawClient[] = [];

afterEach(async () => {
  for (const one of clients) one.end();
  clients = [];
  open.memory.release();
  await open.gateway.close();
});

async function ready(limits: Record<string, number>, devices: number): Promise<void> {
  open = await openTestGateway({ limits });
  for (let thing = 1; thing <= devices; thing++) {
    open.memory.list({ kind: 'token', token: `t${thing}` }, thing, ordinary);
    const device = new RawClient(open.mqttPort);
    clients.push(device);
    expect(await device.signIn(`t${thing}`)).toBe(0);
  }
}

const burst = (from: number, count: number): Buffer =>
  Buffer.concat(
    Array.from({ length: count }, (_, i) => publishFrame(telemetry, `{"temperature":${from + i}}`, from + i)),
  );

test('ten times more than fits is held in the senders: bounded, nothing dropped, all acknowledged in the end', async () => {
  await ready({ queueMessages: 500, batchMessages: 100, inflight: 5_000 }, 10);
  open.memory.hold();
  for (const device of clients) {
    device.socket.write(burst(1, 500));
    // More than the socket's own buffers let through at once.
    for (let i = 0; i < 5; i++)
      device.socket.write(publishFrame(telemetry, `{"label":"${'x'.repeat(60_000)}"}`, 600 + i));
  }
  await eventually(() => open.gateway.gauges().paused > 0);
  await new Promise((resolve) => setTimeout(resolve, 200));
  // One read of a socket may pass the mark: at most what a 64 KiB chunk holds.
  expect(open.gateway.gauges().queuedMessages).toBeLessThan(500 + 2_000);
  expect(clients.every((device) => device.acks().length === 0)).toBe(true);
  // Who comes now is still let in, and waits with the others.
  open.memory.list({ kind: 'token', token: 'late' }, 100, ordinary);
  const late = new RawClient(open.mqttPort);
  expect(await late.signIn('late')).toBe(0);
  late.end();
  open.memory.release();
  for (const device of clients) await device.until(() => device.acks().length === 505);
  expect(open.memory.messages).toHaveLength(10 * 500);
  expect(open.gateway.counters.pauses).toBeGreaterThan(0);
  expect(open.gateway.gauges()).toMatchObject({ queuedMessages: 0, queuedBytes: 0, paused: 0 });
});

test('[H-8.2-b] a device that knows level 3 is still heard when ordinary ones are no longer read', async () => {
  await ready({ queueMessages: 100, batchMessages: 50 }, 3);
  open.memory.list({ kind: 'token', token: 'smoke' }, 99, sensor);
  const alarm = new RawClient(open.mqttPort);
  clients.push(alarm);
  await alarm.signIn('smoke');
  open.memory.hold();
  for (const device of clients.slice(0, 3)) device.socket.write(burst(1, 40));
  await eventually(() => open.gateway.gauges().queuedMessages >= 100);
  clients[0]?.socket.write(burst(41, 5));
  alarm.publish(telemetry, { smoke: true }, 1);
  await eventually(() => open.gateway.gauges().queuedMessages === 121);
  open.memory.release();
  await alarm.until(() => alarm.acks().length === 1);
  // Behind the commit that was under way, and before everything else.
  const at = open.memory.messages.findIndex(({ thing }) => thing === 99);
  expect(at).toBeLessThanOrEqual(50);
  await clients[0]?.until(() => clients[0]?.acks().length === 45);
});

test('what one connection may have unacknowledged is bounded, whatever room there is', async () => {
  await ready({ inflight: 50 }, 1);
  open.memory.hold();
  const [device] = clients;
  device?.socket.write(burst(1, 50));
  await eventually(() => open.gateway.gauges().queuedMessages === 50);
  device?.socket.write(burst(51, 50));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(open.gateway.gauges().queuedMessages).toBe(50);
  open.memory.release();
  await device?.until(() => device.acks().length === 100);
  expect(open.memory.messages).toHaveLength(100);
});

test('[H-5-5] a sender that never reads its acknowledgements does not grow the gateway', async () => {
  await ready({}, 1);
  const [device] = clients;
  device?.socket.pause();
  for (let i = 0; i < 20; i++) device?.socket.write(burst(1 + i * 2_000, 2_000));
  await eventually(() => open.gateway.counters.messages === 40_000, 10_000);
  device?.socket.resume();
  await device?.until(() => device.acks().length === 40_000);
});

test('connections above the rate wait for their turn, and all of them are let in', async () => {
  open = await openTestGateway({ limits: { connectsPerSecond: 5 } });
  open.memory.list({ kind: 'token', token: 't1' }, 1, ordinary);
  const many = Array.from({ length: 20 }, () => new RawClient(open.mqttPort));
  clients.push(...many);
  const began = performance.now();
  const answers = many.map((one, n) => one.signIn(n === 0 ? 't1' : `nobody-${n}`));
  // Ten at once, then five a second; nobody is thrown out.
  expect((await Promise.all(answers)).filter((code) => code === 0)).toHaveLength(1);
  expect(performance.now() - began).toBeGreaterThan(1_000);
});

test('HTTP is answered overloaded with Retry-After while there is no room', async () => {
  await ready({ queueMessages: 10, urgentReserve: 1 }, 1);
  open.memory.hold();
  clients[0]?.socket.write(burst(1, 10));
  await eventually(() => open.gateway.gauges().queuedMessages === 10);
  const answer = await fetch(`${open.httpUrl}/api/v1/t1/telemetry`, { method: 'POST', body: '{"temperature":1}' });
  expect(answer.status).toBe(503);
  expect(answer.headers.get('retry-after')).toBe('1');
  expect(await answer.json()).toMatchObject({ type: 'overloaded', status: 503 });
  expect(open.gateway.counters.overloaded).toBe(1);
});
