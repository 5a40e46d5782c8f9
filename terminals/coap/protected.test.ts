import { movableClock, systemClock } from '@keystead/kernel/base';
import { eventually, recordingHost } from '@keystead/terminals/testing';
import { afterEach, expect, test } from 'vitest';
import { coapChannel } from './channel.ts';
import { type Asked, ask, openAsking } from './client/asking.ts';
import { targetOptions, uintOption } from './message/option.ts';
import { OscoreRelation } from './oscore/relation.ts';
import { rawDevice } from './testing/device.ts';
import { type Content, Endpoint } from './transport/endpoint.ts';

const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of ending.splice(0).reverse()) await stop();
});
const secret = '0102030405060708090a0b0c0d0e0f10';
const keys = { masterSecret: Buffer.from(secret, 'hex'), senderId: Uint8Array.of(1), recipientId: Uint8Array.of(2) };
const none = new Uint8Array(0);
const post = (path: string, value: unknown, size?: number): Content => ({
  code: 2,
  options: [...targetOptions(path), ...(size === undefined ? [] : [uintOption(27, size)])],
  payload: Buffer.from(JSON.stringify(value)),
});

/** A device with keys of its own, on its own port. */
async function start(port: number, serve?: (request: Content) => Content) {
  const relation = new OscoreRelation(keys, systemClock);
  const endpoint = await Endpoint.open(
    { host: '127.0.0.1', port: 0 },
    {
      serve: async (request) => {
        const { readObject } = await import('./oscore/object.ts');
        const object = readObject(request.options.find(({ number }) => number === 9)?.value ?? none);
        const opened = relation.openRequest(request.payload, object?.piv ?? none);
        if (opened.kind === 'stale')
          return relation.answer(
            { code: 0x81, options: [{ number: 252, value: opened.challenge }], payload: none },
            opened.binding,
          );
        if (opened.kind !== 'fresh' || !serve) return { code: 0x80, options: [], payload: none };
        return relation.answer(serve(opened.content), opened.binding);
      },
      refused: () => undefined,
    },
    { ackTimeout: 300 },
  );
  ending.push(() => endpoint.close());
  const asked: Asked = { name: 'platform', host: '127.0.0.1', port, relation, clearTo: () => false };
  return { relation, endpoint, asked, peer: { address: '127.0.0.1', port } };
}

async function open(at: { host?: string; port?: number; resources?: { path: string; writable?: boolean }[] } = {}) {
  const host = recordingHost();
  const oscore = { masterSecret: secret, deviceId: '01', platformId: '02' };
  const channel = await coapChannel.open(
    {
      name: 'coap',
      settings: { listen: { port: 0 }, ackTimeout: 300 },
      devices: [{ name: 'd1', at: { oscore, ...at } }],
    },
    host,
  );
  ending.push(() => channel.close());
  return { host, channel };
}

test('a protected device reports after it repeated a challenge; nobody else does in its name', async () => {
  const { host, channel } = await open();
  const { endpoint, peer, asked, relation } = await start(channel.port);
  expect(await ask(endpoint, peer, asked, post('/v1/telemetry', { t: 1 }), 5_000)).toMatchObject({ code: 0x44 });
  expect(await ask(endpoint, peer, asked, post('/v1/events', { event: 'up' }), 5_000)).toMatchObject({ code: 0x44 });
  expect(await ask(endpoint, peer, asked, post('/v1/else', {}), 5_000)).toMatchObject({ code: 0x84 });
  expect(host.uplinks).toMatchObject([
    { readings: [{ device: 'd1', values: { t: 1 } }] },
    { occurrences: [{ event: 'up' }] },
  ]);
  const old = relation.request(post('/v1/telemetry', { t: 2 })).content;
  const raw = await rawDevice(() => channel.port);
  ending.push(() => raw.close());
  const other = relation.request(post('/v1/telemetry', { t: 2 })).content;
  const forged = {
    ...other,
    payload: Uint8Array.from(other.payload, (byte, index) => (index === 3 ? byte ^ 1 : byte)),
  };
  [old, old, forged].forEach((content, id) => {
    raw.send({ type: 'CON', id, token: Uint8Array.of(id), ...content });
  });
  const strange = new OscoreRelation({ ...keys, senderId: Uint8Array.of(9) }, movableClock('2026-12-01T00:00:00Z'));
  raw.send({ type: 'CON', id: 4, token: none, ...strange.request(post('/v1/telemetry', {})).content });
  raw.send({ type: 'CON', id: 5, token: none, ...post(`/v1/d1/${'-'.repeat(20)}/telemetry`, { t: 3 }) });
  await eventually(() => raw.received.length === 5, 'five answers');
  expect(raw.received.map(({ id, code, payload }) => `${id} ${code} ${payload.length > 0}`).toSorted()).toEqual([
    '0 68 true',
    '1 129 true',
    '2 128 true',
    '4 129 true',
    '5 129 true',
  ]);
  expect(host.uplinks).toHaveLength(3);
  expect(host.refused.map(({ type }) => type)).toEqual(Array(4).fill('credential-unknown'));
});

test('a protected device observes its calls and answers them', async () => {
  const { channel } = await open();
  const { endpoint, peer, asked } = await start(channel.port);
  await ask(endpoint, peer, asked, post('/v1/telemetry', { t: 1 }), 5_000);
  const calls: Content[] = [];
  const request = { code: 1, options: [uintOption(6, 0), ...targetOptions('/v1/rpc')], payload: none };
  const asking = openAsking(endpoint, peer, asked, request, 5_000, ({ content }) => calls.push(content));
  expect((await asking.first).content).toMatchObject({ code: 0x45 });
  const call = channel.call('d1', 'blink', { times: 2 }, 5_000);
  const told = JSON.parse(Buffer.from((await eventually(() => calls[0], 'a call')).payload).toString());
  expect(told).toMatchObject({ method: 'blink', params: { times: 2 } });
  await ask(endpoint, peer, asked, post(`/v1/rpc/${told.id}`, 'ok'), 5_000);
  expect(await call).toBe('ok');
  asking.end();
  await expect(channel.call('d1', 'blink', {}, 3_000)).rejects.toMatchObject({ type: 'device-silent' });
});

test('a protected device is read and written, in blocks inside the protection', async () => {
  let stored: Uint8Array = Buffer.from('"x"');
  const { Gathering } = await import('./blocks/gathering.ts');
  const { blockOf } = await import('./blocks/serving.ts');
  const gathering = new Gathering(1);
  const server = await start(1, (request) => {
    if (request.code === 1)
      return blockOf({ code: 0x45, options: [uintOption(12, 50)], payload: stored }, request.options);
    const body = gathering.add('body', request, 0);
    if ('code' in body) return body;
    stored = body.payload;
    return { code: 0x44, options: body.options, payload: none };
  });
  const { channel } = await open({
    host: '127.0.0.1',
    port: server.endpoint.port,
    resources: [{ path: '/v', writable: true }],
  });
  const value = 'long '.repeat(500);
  expect(await channel.call('d1', 'write', { point: 'v', value }, 10_000)).toEqual({
    point: 'v',
    value,
    readBack: value,
    verified: true,
  });
});
