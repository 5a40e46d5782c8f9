import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { Overloaded } from '@keystead/contracts/problem';
import { systemClock } from '@keystead/kernel/base';
import { clause } from '@keystead/kernel/testing';
import type { PayloadCodec } from '@keystead/terminals/port';
import { recordingHost } from '@keystead/terminals/testing';
import { afterEach, expect, test, vi } from 'vitest';
import { type NbiotDevice, type NbiotSettings, nbiotChannel } from './index.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const codec: PayloadCodec = {
  decode: async ({ bytes }) => ({ readings: [{ values: { first: bytes[0] } }], occurrences: [], warnings: [] }),
  encode: async ({ params }) => ({ bytes: Uint8Array.from([0x50, Number(params)]), replies: true }),
  cut: async () => ({ frames: [], rest: 0, skipped: 0 }),
};

async function open(cloud: NbiotSettings['cloud'], devices: NbiotDevice[]) {
  const host = recordingHost(systemClock, (name) => (name === 'water' ? codec : undefined));
  const { uplinks: taken, refusedLines: refused } = host;
  const full = { times: 0 };
  host.before = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    if (full.times-- > 0) throw new Overloaded();
  };
  const named = devices.map((at) => ({ name: `device ${at.id}`, at }));
  const setup = { name: 'cloud', settings: { listen: { port: 0 }, cloud }, devices: named };
  const channel = await nbiotChannel.open(setup, host);
  ends.push(() => channel.close());
  const readings = () => host.readings;
  const post = async (path: string, body: unknown) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return (await fetch(`http://127.0.0.1:${channel.port}${path}`, { method: 'POST', body: text })).status;
  };
  return { channel, taken, refused, readings, full, post };
}

interface Asked {
  path: string | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A cloud's interface for commands: keeps what it was asked, answers what the test says. */
async function commandApi(answer: (asked: Asked) => object) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const one = { path: request.url, headers: request.headers, body };
    asked.push(one);
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer(one)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  return { asked, url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}` };
}

const token = 'a-secret-of-ours-16';
const report = (n: number) => ({
  messageType: 'dataReport',
  deviceId: 'w1',
  timestamp: 1_589_444_000_000 + n,
  upPacketSN: '',
  IMSI: 'undefined',
  payload: { APPdata: Buffer.from([n]).toString('base64') },
});

test(
  clause('H-6.1-1', 'NB-IoT: 100 points through CTWing arrive, each once, although it pushes them again and again'),
  async () => {
    const { readings, post, refused } = await open({ kind: 'ctwing', token }, [{ id: 'w1', codec: 'water' }]);
    for (let n = 0; n < 100; n++) {
      const tries = [1, 2, 3].map(() => post(`/push/${token}`, report(n)));
      expect(await Promise.all(tries)).toEqual([200, 200, 200]);
    }
    expect(readings()).toEqual(
      Array.from({ length: 100 }, (_, n) => ({
        device: 'device w1',
        time: (1_589_444_000_000 + n) * 1000,
        values: { first: n },
      })),
    );
    expect(refused).toEqual([]);
  },
);

test('the cloud is answered only when the data is safe, and sends it again when it is not', async () => {
  const { readings, post, full, refused } = await open({ kind: 'ctwing', token }, [{ id: 'w1', codec: 'water' }]);
  full.times = 1;
  expect(await post(`/${token}`, report(1))).toBe(503);
  expect(readings()).toEqual([]);
  expect(await post(`/${token}`, report(1))).toBe(200);
  expect(readings()).toHaveLength(1);
  expect(await post('/guessed', report(2))).toBe(401);
  expect(await post(`/${token}`, '{')).toBe(400);
  expect(await post(`/${token}`, 'x'.repeat(300_000)).catch(() => 413)).toBe(413);
  // Sent again it would be no better known.
  expect(await post(`/${token}`, { ...report(3), deviceId: 'stranger' })).toBe(200);
  expect(refused.map((line) => line.split(':')[0])).toEqual([
    'credential-unknown',
    'payload-malformed',
    'payload-too-large',
    'device-not-listed',
  ]);
  expect(readings()).toHaveLength(1);
});

test('a connection that sends nothing does not keep others out', async () => {
  const { channel, post } = await open({ kind: 'ctwing', token }, [{ id: 'w1', codec: 'water' }]);
  const idle = Array.from({ length: 50 }, () => connect(channel.port, '127.0.0.1'));
  ends.push(() => {
    for (const socket of idle) socket.destroy();
  });
  await Promise.all(idle.map((socket) => once(socket, 'connect')));
  for (const socket of idle) socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Le');
  expect(await post(`/${token}`, report(1))).toBe(200);
});

test('a command goes through CTWing, signed, and ends with the word of the device', async () => {
  const api = await commandApi(() => ({
    code: 0,
    msg: 'ok',
    result: { commandId: '674', commandStatus: '指令已保存' },
  }));
  const commands = { url: api.url, appKey: 'app', appSecret: 'hush', masterKey: 'master', product: '10053421' };
  const { channel, post } = await open({ kind: 'ctwing', token, commands }, [
    { id: 'w1', codec: 'water' },
    { id: 'lamp' },
  ]);
  const response = (device: string, code: string) =>
    post(`/${token}`, {
      messageType: 'commandResponse',
      deviceId: device,
      taskId: 674,
      timestamp: 1 + Math.random(),
      result: { resultCode: code, resultDetail: '' },
    });
  const called = channel.call('device w1', 'valve', 1, 20_000);
  await vi.waitFor(() => expect(api.asked).toHaveLength(1), 5_000);
  const [{ path, headers, body } = { path: '', headers: {}, body: '' }] = api.asked;
  expect(path).toBe('/aep_device_command/command');
  expect(JSON.parse(body)).toEqual({
    content: { dataType: 2, payload: '5001' },
    deviceId: 'w1',
    operator: 'keystead',
    productId: 10_053_421,
    ttl: 20,
    level: 1,
  });
  // As the cloud computes it for itself.
  const text = `application:app\ntimestamp:${headers.timestamp}\nMasterKey:${headers.masterkey}\n${body}\n`;
  expect(headers.signature).toBe(createHmac('sha1', 'hush').update(text).digest('base64'));
  expect(headers.version).toBe('20190712225145');
  await response('w1', 'SENT');
  await response('w1', 'DELIVERED');
  expect(await called).toMatchObject({ delivered: true });

  const service = channel.call('device lamp', 'dim', { level: 3 }, 20_000);
  await vi.waitFor(() => expect(api.asked).toHaveLength(2), 5_000);
  expect(JSON.parse(api.asked[1]?.body ?? '')).toMatchObject({
    content: { serviceIdentifier: 'dim', params: { level: 3 } },
  });
  const verdict = expect(service).rejects.toMatchObject({ type: 'device-refused', data: { detail: 'TIMEOUT' } });
  await response('lamp', 'TIMEOUT');
  await verdict;
  await expect(channel.call('device lamp', 'dim', {}, 100)).rejects.toMatchObject({ type: 'device-silent' });
  expect(channel.links().get('device lamp')).toMatchObject({ sent: 2, lost: 1 });
});

const onenetPush = (message: object, id: string, secret = 'abc') => {
  const msg = JSON.stringify(message);
  const nonce = id.slice(0, 4);
  return {
    msg,
    nonce,
    time: 1,
    id,
    signature: createHash('md5')
      .update(secret + nonce + msg)
      .digest('base64'),
  };
};

test('OneNET greets, pushes with a signature, and tells presence, events and a device’s own bytes', async () => {
  const raw = { property: '3200_0_5750', coding: 'hex' } as const;
  const { channel, taken, post, refused } = await open({ kind: 'onenet', token: 'abc' }, [
    { id: 'plain' },
    { id: 'own', codec: 'water', raw },
  ]);
  const signature = createHash('md5').update('abcn1hello').digest('base64');
  const query = new URLSearchParams({ msg: 'hello', nonce: 'n1', signature });
  const greeted = await fetch(`http://127.0.0.1:${channel.port}/?${query}`);
  expect([greeted.status, await greeted.text()]).toEqual([200, 'hello']);
  query.set('msg', '<script>');
  expect((await fetch(`http://127.0.0.1:${channel.port}/?${query}`)).status).toBe(401);

  const notify = (deviceName: string, params: object, notifyType = 'property') => ({
    deviceName,
    productId: 'p',
    messageType: 'notify',
    notifyType,
    data: { id: '1', params },
  });
  const time = 1_524_448_722_123;
  const push = onenetPush(notify('plain', { WF: { value: 23.6, time } }), 'aaaa-1');
  expect(await post('/', push)).toBe(200);
  expect(await post('/', push)).toBe(200);
  expect(
    await post('/', onenetPush(notify('plain', { door: { value: { open: true }, time } }, 'event'), 'aaaa-2')),
  ).toBe(200);
  expect(
    await post(
      '/',
      onenetPush(notify('own', { '3200_0_5750': { value: '2a00', time }, csq: { value: 20, time } }), 'aaaa-3'),
    ),
  ).toBe(200);
  const life = { deviceName: 'own', messageType: 'lifeCycle', data: { status: 'online', time } };
  expect(await post('/', onenetPush(life, 'aaaa-4'))).toBe(200);
  expect(await post('/', onenetPush(life, 'aaaa-5', 'another'))).toBe(401);
  const micros = time * 1000;
  expect(taken).toEqual([
    { kind: 'readings', readings: [{ device: 'device plain', time: micros, values: { WF: 23.6 } }] },
    {
      kind: 'occurrences',
      occurrences: [{ device: 'device plain', event: 'door', data: { open: true }, time: micros }],
    },
    { kind: 'readings', readings: [{ device: 'device own', time: micros, values: { first: 42 } }] },
    { kind: 'readings', readings: [{ device: 'device own', time: micros, values: { csq: 20 } }] },
    { kind: 'connect', device: 'device own' },
  ]);
  expect(refused).toHaveLength(2);
});

test('a command goes through OneNET with its token, and its answer is the device’s', async () => {
  const api = await commandApi(({ path }) =>
    path?.endsWith('call-service')
      ? { code: 10421, msg: 'device not online' }
      : { code: 0, msg: 'succ', data: { code: 200, msg: 'success' } },
  );
  const accessKey = Buffer.from('the key of the product').toString('base64');
  const commands = { url: api.url, resource: 'products/p1', accessKey, product: 'p1' };
  const raw = { property: 'bytes', coding: 'base64' } as const;
  const devices: NbiotDevice[] = [{ id: 'plain' }, { id: 'own', codec: 'water', raw }];
  const { channel } = await open({ kind: 'onenet', token: 'abc', commands }, devices);
  expect(await channel.call('device plain', 'set', { Power: 'on' }, 5_000)).toEqual({ code: 200, msg: 'success' });
  await channel.call('device own', 'valve', 1, 5_000);
  await expect(channel.call('device plain', 'reboot', {}, 5_000)).rejects.toMatchObject({
    type: 'device-refused',
    data: { detail: 'device not online' },
  });
  expect(api.asked.map(({ path, body }) => [path, JSON.parse(body)])).toEqual([
    ['/thingmodel/set-device-property', { product_id: 'p1', device_name: 'plain', params: { Power: 'on' } }],
    ['/thingmodel/set-device-property', { product_id: 'p1', device_name: 'own', params: { bytes: 'UAE=' } }],
    ['/thingmodel/call-service', { product_id: 'p1', device_name: 'plain', identifier: 'reboot', params: {} }],
  ]);
  const given = new URLSearchParams(String(api.asked[0]?.headers.authorization));
  const text = `${given.get('et')}\nsha256\nproducts/p1\n2018-10-31`;
  const sign = createHmac('sha256', 'the key of the product').update(text).digest('base64');
  expect(given.get('sign')).toBe(sign);
});

test('without an interface for commands, or with one that is gone, a call says so', async () => {
  const none = await open({ kind: 'ctwing', token }, [{ id: 'w1' }]);
  await expect(none.channel.call('device w1', 'x', {}, 500)).rejects.toMatchObject({ type: 'method-unknown' });
  const commands = { url: 'http://127.0.0.1:9', appKey: 'a', appSecret: 'b', masterKey: 'c', product: '1' };
  const gone = await open({ kind: 'ctwing', token, commands }, [{ id: 'w1' }]);
  await expect(gone.channel.call('device w1', 'x', {}, 500)).rejects.toMatchObject({ type: 'device-silent' });
});
