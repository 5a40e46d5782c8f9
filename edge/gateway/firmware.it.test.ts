import { createHash, randomBytes } from 'node:crypto';
import type { FirmwareReport } from '@keystead/contracts/firmware';
import { clause } from '@keystead/kernel/testing';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { FirmwareNotOffered } from './firmware-desk.ts';
import { MemoryPorts } from './testing/memory-ports.ts';
import { sensor } from './testing/models.ts';
import { openTestGateway, type TestGateway } from './testing/open.ts';

const image = randomBytes(200_001);
const hash = createHash('sha256').update(image).digest('hex');
const reports: [number, FirmwareReport][] = [];
let test1: TestGateway;

beforeAll(async () => {
  const memory = new MemoryPorts();
  memory.list({ kind: 'token', token: 'one' }, 1, sensor);
  memory.list({ kind: 'token', token: 'two' }, 2, sensor);
  const mustBe = (thing: number) => {
    if (thing !== 1) throw new FirmwareNotOffered();
  };
  memory.ports.firmware = {
    offered: async (thing) => {
      mustBe(thing);
      return { title: 'sensor', version: '2', size: image.length, hash };
    },
    read: async (thing, offset, length) => {
      mustBe(thing);
      return image.subarray(offset, offset + length);
    },
    reported: async (thing, report) => {
      reports.push([thing, report]);
    },
  };
  test1 = await openTestGateway({ limits: { firmwareAsked: 3 } }, memory);
});
afterAll(() => test1.gateway.close());

const get = (token: string, query = '', headers: Record<string, string> = {}) =>
  fetch(`${test1.httpUrl}/api/v1/${token}/firmware${query}`, { headers });
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

test(
  clause('H-6.1-3', 'over HTTP the package comes whole, by range and by part, to whom it is offered only'),
  async () => {
    const whole = await get('one');
    expect([whole.status, whole.headers.get('etag')]).toEqual([200, `"${hash}"`]);
    expect((await bytesOf(whole)).equals(image)).toBe(true);
    const rest = await get('one', '', { range: 'bytes=150000-' });
    expect([rest.status, rest.headers.get('content-range')]).toEqual([206, `bytes 150000-200000/200001`]);
    expect((await bytesOf(rest)).equals(image.subarray(150_000))).toBe(true);
    expect((await bytesOf(await get('one', '', { range: 'bytes=-5' }))).equals(image.subarray(-5))).toBe(true);
    const stale = await get('one', '', { range: 'bytes=5-9', 'if-range': '"another"' });
    expect([stale.status, (await bytesOf(stale)).length]).toEqual([200, image.length]);
    const part = await get('one', '?title=sensor&version=2&size=4096&chunk=48');
    expect((await bytesOf(part)).equals(image.subarray(48 * 4096, 49 * 4096))).toBe(true);
    expect((await get('one', '', { range: 'bytes=200001-' })).status).toBe(416);
    expect((await get('one', '?size=70000&chunk=0')).status).toBe(416);
    expect((await get('one', '?title=sensor&version=3')).status).toBe(404);
    expect((await get('two')).status).toBe(404);
  },
);

test('over MQTT parts come raw, the last one short and the one behind it empty; why none comes is told', async () => {
  const ask = async (token: string, topic: string, payload: string) => {
    const client = await connectAsync(`mqtt://127.0.0.1:${test1.mqttPort}`, { username: token, protocolVersion: 4 });
    await client.subscribeAsync(['v2/fw/response/+/chunk/+', 'v2/fw/error']);
    const answer = new Promise<[string, Buffer]>((resolve) =>
      client.on('message', (on, bytes) => resolve([on, bytes])),
    );
    await client.publishAsync(topic, payload, { qos: 1 });
    const given = await answer;
    await client.endAsync();
    return given;
  };
  const last = Math.floor(image.length / 4096);
  const [topic, bytes] = await ask('one', `v2/fw/request/7/chunk/${last}`, '4096');
  expect(topic).toBe(`v2/fw/response/7/chunk/${last}`);
  expect(bytes.equals(image.subarray(last * 4096))).toBe(true);
  expect((await ask('one', `v2/fw/request/8/chunk/${last + 1}`, '4096'))[1]).toHaveLength(0);
  for (const [token, size, type] of [
    ['one', '', 'firmware-range-invalid'],
    ['one', '65537', 'firmware-range-invalid'],
    ['one', 'many', 'firmware-range-invalid'],
    ['two', '4096', 'firmware-not-offered'],
  ] as const) {
    const [on, said] = await ask(token, 'v2/fw/request/1/chunk/0', size);
    expect([on, said.toString()], `${token} ${size}`).toEqual(['v2/fw/error', type]);
  }
});

test('who asks for too many parts at once is told so, and the others come', async () => {
  const client = await connectAsync(`mqtt://127.0.0.1:${test1.mqttPort}`, { username: 'one', protocolVersion: 4 });
  await client.subscribeAsync(['v2/fw/response/+/chunk/+', 'v2/fw/error']);
  const heard: string[] = [];
  client.on('message', (topic, bytes) => heard.push(topic === 'v2/fw/error' ? bytes.toString() : 'part'));
  for (let n = 0; n < 12; n++) client.publish(`v2/fw/request/${n}/chunk/0`, '65536', { qos: 1 });
  await vi.waitFor(() => expect(heard).toHaveLength(12), { timeout: 10_000 });
  expect(heard.filter((each) => each === 'part').length).toBeGreaterThanOrEqual(3);
  expect(heard).toContain('too-many-requests');
  await client.endAsync();
});

test('what a device says of its firmware is taken out of its telemetry, and acknowledged when it is kept', async () => {
  const client = await connectAsync(`mqtt://127.0.0.1:${test1.mqttPort}`, { username: 'one', protocolVersion: 4 });
  const refused = JSON.stringify(test1.memory.refused());
  await client.publishAsync(
    'v1/devices/me/telemetry',
    JSON.stringify({ current_fw_title: 'sensor', current_fw_version: '1', fw_state: 'DOWNLOADING' }),
    { qos: 1 },
  );
  expect(reports.at(-1)).toEqual([1, { title: 'sensor', version: '1', state: 'DOWNLOADING' }]);
  await fetch(`${test1.httpUrl}/api/v1/one/telemetry`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ fw_state: 'FAILED', fw_error: 'hash-mismatch' }),
  });
  expect(reports.at(-1)).toEqual([1, { state: 'FAILED', error: 'hash-mismatch' }]);
  expect(JSON.stringify(test1.memory.refused())).toBe(refused);
  await client.endAsync();
});
