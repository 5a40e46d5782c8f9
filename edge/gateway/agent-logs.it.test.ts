import { createLog } from '@keystead/kernel/base';
import { clause } from '@keystead/kernel/testing';
import { writeAgentLog, writeRecord } from '@keystead/terminals/mqtt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openGateway } from './gateway.ts';
import { ordinary, sensor } from './testing/models.ts';
import { openTestGateway, type TestGateway } from './testing/open.ts';
import { eventually, RawClient } from './testing/raw-mqtt.ts';

const up = 'v1/agent/up';
const gatewayModel = { ...sensor, category: { ...sensor.category, function: 'gateway' } };
const start = Date.now() * 1000 - 3_600_000_000;
let open: TestGateway;
let clients: RawClient[] = [];

beforeEach(async () => {
  open = await openTestGateway({ limits: { commitPauseMs: 1 } });
  open.memory.list({ kind: 'token', token: 'agent' }, 1, gatewayModel, true);
  open.memory.list({ kind: 'token', token: 'device' }, 2, ordinary);
  open.memory.listBehind(1, 'S-1', 11, sensor);
  open.memory.listBehind(1, 'S-2', 12, sensor);
});
afterEach(async () => {
  for (const client of clients) client.end();
  clients = [];
  open.memory.release();
  await open.gateway.close();
});

async function connected(port = open.mqttPort, token = 'agent'): Promise<RawClient> {
  const client = new RawClient(port);
  clients.push(client);
  expect(await client.signIn(token)).toBe(0);
  return client;
}

/** Records `from … to`: an event for each third number, a reading for the others. */
function part(from: number, to: number, more: Partial<Parameters<typeof writeAgentLog>[0]> = {}): Buffer {
  const records = Array.from({ length: to - from + 1 }, (_, i) => {
    const n = from + i;
    const base = { device: n % 2 === 0 ? 'S-1' : 'S-2', time: start + n };
    return writeRecord(n % 3 === 0 ? { ...base, event: 'tamper', data: { n } } : { ...base, values: { count: n } });
  });
  return writeAgentLog({ log: 'log0000001', level: 3, from, offset: 0, dropped: [], ...more }, records);
}
const numbers = () =>
  [
    ...open.memory.messages.map(({ values }) => values[0] ?? 0),
    ...open.memory.events.map(({ data }) => (data as { n: number }).n),
  ].sort((a, b) => a - b);
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

test(clause('H-7.2-b-2', 'records that come again in other bounds are taken once, readings and events'), async () => {
  const agent = await connected();
  agent.publish(up, part(1, 10), 1);
  agent.publish(up, part(5, 20), 2);
  agent.publish(up, part(1, 20), 3);
  agent.publish(up, part(18, 24), 4);
  await agent.until(() => agent.acks().length === 4);
  expect(agent.acks()).toEqual([1, 2, 3, 4]);
  expect(numbers()).toEqual(upTo(24));
  expect(open.memory.messages.every(({ thing }) => thing === 11 || thing === 12)).toBe(true);
});

test('what comes again while its first arrival waits for its commit is decided by that commit', async () => {
  const first = await connected();
  open.memory.hold();
  first.publish(up, part(1, 9), 1);
  await eventually(() => open.gateway.gauges().queuedMessages >= 9);
  first.end();
  const again = await connected();
  again.publish(up, part(1, 12), 1);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(again.acks()).toEqual([]);
  open.memory.release();
  await again.until(() => again.acks().length === 1);
  expect(numbers()).toEqual(upTo(12));
});

test('a gateway that starts anew knows what the one before has committed', async () => {
  const agent = await connected();
  agent.publish(up, part(1, 10), 1);
  await agent.until(() => agent.acks().length === 1);
  const second = await openGateway({
    ports: open.memory.ports,
    log: createLog('gateway', 'silent'),
    mqtt: { plain: { port: 0, host: '127.0.0.1' } },
  });
  try {
    const later = await connected(second.addresses.mqtt.plain);
    later.publish(up, part(4, 15), 1);
    await later.until(() => later.acks().length === 1);
    expect(numbers()).toEqual(upTo(15));
  } finally {
    await second.close();
  }
});

test(
  clause('H-7.2-b-1', 'numbers, times and dropped records of an agent’s log are told after the commit'),
  async () => {
    const agent = await connected();
    const dropped = [{ from: 1, to: 99, first: start, last: start + 99 }];
    agent.publish(up, part(100, 105, { dropped, offset: 2_000_000 }), 1);
    await agent.until(() => agent.acks().length === 1);
    expect(open.memory.ranges).toMatchObject([
      {
        agent: 1,
        log: 'log0000001',
        level: 3,
        from: 100,
        to: 105,
        first: start + 2_000_100,
        last: start + 2_000_105,
        dropped,
      },
    ]);
    expect(open.memory.messages[0]?.time).toBe(start + 2_000_100);
  },
);

test('records and their numbers are kept together or not at all; not kept, they are not acknowledged', async () => {
  const agent = await connected();
  open.memory.failures = 1_000;
  agent.publish(up, part(1, 6), 1);
  await agent.until(() => agent.closed);
  expect([agent.acks(), open.memory.messages, open.memory.ranges]).toEqual([[], [], []]);
  open.memory.failures = 0;
  const again = await connected();
  again.publish(up, part(1, 6), 1);
  await again.until(() => again.acks().length === 1);
  expect(numbers()).toEqual(upTo(6));
  expect(open.memory.ranges).toHaveLength(1);
});

test('numbers without signals that could not be kept are not acknowledged', async () => {
  const { ranges } = open.memory.ports;
  if (!ranges) throw new Error('no ranges');
  const { committed } = ranges;
  ranges.committed = () => Promise.reject(new Error('no database'));
  const agent = await connected();
  const dropped = [{ from: 1, to: 9, first: start, last: start }];
  agent.publish(up, writeAgentLog({ log: 'log0000001', level: 1, from: 10, offset: 0, dropped }, []), 1);
  await agent.until(() => agent.closed);
  expect(agent.acks()).toEqual([]);
  ranges.committed = committed;
});

test('a part of a device that may not speak is refused alone; an ordinary device has no such topic', async () => {
  const agent = await connected();
  const records = [
    writeRecord({ device: 'STRANGER', time: start, values: { count: 1 } }),
    writeRecord({ device: 'S-1', time: start, values: { count: 2, nonsense: 1 } }),
    writeRecord({ device: '', time: start, values: { count: 3 } }),
  ];
  agent.publish(up, writeAgentLog({ log: 'log0000001', level: 1, from: 1, offset: 0, dropped: [] }, records), 1);
  await agent.until(() => agent.acks().length === 1);
  expect(open.memory.messages.map(({ thing, values }) => [thing, values[0]])).toEqual([
    [11, 2],
    [1, 3],
  ]);
  await eventually(() => open.memory.refused()['device-not-listed'] === 1, 3_000);
  const device = await connected(open.mqttPort, 'device');
  device.publish(up, part(1, 2), 1);
  await device.until(() => device.closed);
  expect(device.acks()).toEqual([]);
});
