import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sensor } from './testing/models.ts';
import { openTestGateway, type TestGateway } from './testing/open.ts';
import { eventually } from './testing/raw-mqtt.ts';

let open: TestGateway;

const post = (path: string, body: unknown, token = 'one') =>
  fetch(`${open.httpUrl}/api/v1/${token}/${path}`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const get = (path: string, token = 'one') => fetch(`${open.httpUrl}/api/v1/${token}/${path}`);

beforeEach(async () => {
  open = await openTestGateway({ limits: { flushMs: 50 } });
  open.memory.list({ kind: 'token', token: 'one' }, 1, sensor);
});

afterEach(async () => {
  open.memory.release();
  await open.gateway.close();
});

test('telemetry is answered 200 without words, and only after the commit', async () => {
  open.memory.hold();
  let answered = false;
  const pending = post('telemetry', [{ ts: 1_700_000_000_000, values: { temperature: 1 } }, { temperature: 2 }]).then(
    (answer) => {
      answered = true;
      return answer;
    },
  );
  await eventually(() => open.gateway.gauges().queuedMessages === 2);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(answered).toBe(false);
  open.memory.release();
  const answer = await pending;
  expect([answer.status, await answer.text()]).toEqual([200, '']);
  expect(open.memory.messages).toHaveLength(2);
});

test('what is wholly refused is a problem with every part named; what is refused in part is listed beside the 200', async () => {
  const whole = await post('telemetry', { pressure: 1, temperature: 'warm' });
  expect(whole.status).toBe(400);
  expect(whole.headers.get('content-type')).toBe('application/problem+json');
  expect(await whole.json()).toMatchObject({
    type: 'property-unknown',
    status: 400,
    errors: [
      { pointer: '/pressure', code: 'property-unknown' },
      { pointer: '/temperature', code: 'value-wrong-type' },
    ],
  });
  const part = await post('telemetry', { pressure: 1, temperature: 20 });
  expect([part.status, await part.json()]).toEqual([
    200,
    { refused: [{ type: 'property-unknown', pointer: '/pressure' }] },
  ]);
  expect(open.memory.messages).toMatchObject([{ values: [20] }]);
});

test.each([
  ['telemetry', 'no json', 400, 'payload-malformed'],
  ['telemetry', `{"label":"${'x'.repeat(70_000)}"}`, 413, 'payload-too-large'],
  ['telemetry', 'x'.repeat(1024 * 1024), 413, 'payload-too-large'],
  ['events', '{"event":"unheard-of"}', 400, 'event-unknown'],
  ['attributes', '[1]', 400, 'payload-malformed'],
  ['nonsense', '{}', 404, 'not-found'],
])('a bad body or path on %s is answered with its status and type', async (path, body, status, type) => {
  const answer = await post(path, body).catch((error: Error) => error);
  // A client still sending a refused megabyte may see the connection end instead of the answer.
  if (answer instanceof Error) expect(type).toBe('payload-too-large');
  else expect([answer.status, await answer.json()]).toMatchObject([status, { type }]);
});

test('an unknown token is 401, a revoked one too, at once, although it was known a moment ago', async () => {
  expect((await post('telemetry', { temperature: 1 }, 'nobody')).status).toBe(401);
  expect((await post('telemetry', { temperature: 1 })).status).toBe(200);
  expect((await post('telemetry', { temperature: 1 })).status).toBe(200);
  open.memory.revoke(1);
  const answer = await post('telemetry', { temperature: 1 });
  expect([answer.status, await answer.json()]).toMatchObject([401, { type: 'credential-revoked' }]);
  expect(open.memory.admissions).toBe(3);
  await eventually(() => open.memory.refusals.length === 2);
  expect(JSON.stringify(open.memory.refusals)).not.toContain('nobody');
});

test('attributes are kept and given by name', async () => {
  open.memory.share(1, { target: 21 });
  expect((await post('attributes', { firmware: '1.0' })).status).toBe(200);
  expect(await (await get('attributes?clientKeys=firmware&sharedKeys=target,none')).json()).toEqual({
    client: { firmware: '1.0' },
    shared: { target: 21 },
  });
  expect(await (await get('attributes?sharedKeys=target')).json()).toEqual({ client: {}, shared: { target: 21 } });
});

test('a device waits for its command, gets it as soon as it is there, and replies', async () => {
  const waiting = get('rpc?timeout=5000');
  await new Promise((resolve) => setTimeout(resolve, 100));
  open.memory.command({ thing: 1, request: 5, method: 'open', params: { seconds: 3 } });
  const answer = await waiting;
  expect([answer.status, await answer.json()]).toEqual([200, { id: 5, method: 'open', params: { seconds: 3 } }]);
  expect(open.memory.sent).toEqual(['1/5']);
  expect((await post('rpc/5', { ok: true })).status).toBe(200);
  expect(open.memory.answers).toEqual([{ thing: 1, request: 5, reply: { ok: true } }]);
});

test('a command that was already there is given at once; with none the wait ends with 408', async () => {
  expect((await get('rpc?timeout=50')).status).toBe(408);
  open.memory.command({ thing: 1, request: 6, method: 'open', params: {} });
  expect(await (await get('rpc?timeout=5000')).json()).toMatchObject({ id: 6 });
});

test('a device may call the platform and wait for shared attributes', async () => {
  expect(await (await post('rpc', { method: 'echo', params: 1 })).json()).toEqual({ thing: 1, params: 1 });
  const waiting = get('attributes/updates?timeout=5000');
  await new Promise((resolve) => setTimeout(resolve, 100));
  open.memory.share(1, { target: 18 });
  expect(await (await waiting).json()).toEqual({ target: 18 });
});

test('events are taken over HTTP too', async () => {
  expect((await post('events', { event: 'tamper', data: { by: 'lid' } })).status).toBe(200);
  expect(open.memory.events).toMatchObject([{ thing: 1, event: 'tamper', data: { by: 'lid' } }]);
});

test('a request whose head never ends is cut off', async () => {
  await open.gateway.close();
  open = await openTestGateway({ limits: { connectTimeoutMs: 200 } });
  const socket = connect(Number(new URL(open.httpUrl).port), '127.0.0.1');
  socket.resume();
  socket.write('POST /api/v1/one/telemetry HTTP/1.1\r\nhost: x\r\n');
  await new Promise((resolve) => socket.once('close', resolve));
  expect(socket.destroyed).toBe(true);
});
