import { createCipheriv, createHash } from 'node:crypto';
import { movableClock } from '@keystead/kernel/base';
import { clause } from '@keystead/kernel/testing';
import { isRefusal } from '@keystead/terminals/port';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Push } from './cloud.ts';
import { ctwingSignature, onenetAuthorization } from './commands.ts';
import { ctwing } from './ctwing.ts';
import { onenet } from './onenet.ts';
import { Receipts } from './receipts.ts';
import { Tasks } from './tasks.ts';

const json = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const token = 'a-secret-of-ours-16';
const read = (push: unknown) => ctwing(token).read(`/ctwing/${token}`, json(push));
const only = (push: ReturnType<typeof read>) => (isRefusal(push) ? push : push.events[0]);

const smoke =
  '{"upPacketSN":-1,"upDataSN":-1,"topic":"v1/up/ad19prof","timestamp":1606982320277,"tenantId":"10461180","serviceId":"","protocol":"lwm2m","productId":"15014772","payload":{"serviceId":"notification","serviceData":{"TData":30,"SNR":1,"RSRP":114,"IMEI":"860374051096202","Battery_Level":100,"Alarm_Status":2,"AlarmLevel":100}},"messageType":"dataReport","deviceType":"","deviceId":"acf7","assocAssetId":"","IMSI":"undefined","IMEI":"860374051096202"}';
const water =
  '{"upPacketSN":"","upDataSN":"","topic":"v1/up/ad","timestamp":1589444235861,"tenantId":"10461180","serviceId":"","protocol":"lwm2m","productId":"10053421","payload":{"APPdata":"UFUAPBAAAAYBAAMAJwMnuwpogDAwYGckCQYAAQAADjxkZAJVcVCnAAAAAAAAAEYAAAAAAAAAAAEDJ7sKAAAAAA=="},"messageType":"dataReport","deviceType":"","deviceId":"44d0b9e48d404094bbbcf889e4e64ece","assocAssetId":"","IMSI":"undefined","IMEI":"860803030676429"}';

test(clause('H-7.1-b-2', 'recorded pushes of CTWing are read: a service’s data, and bytes handed through'), () => {
  expect(only(read(smoke))).toEqual({
    kind: 'values',
    device: 'acf7',
    time: 1_606_982_320_277_000,
    values: {
      TData: 30,
      SNR: 1,
      RSRP: 114,
      IMEI: '860374051096202',
      Battery_Level: 100,
      Alarm_Status: 2,
      AlarmLevel: 100,
    },
  });
  const bytes = only(read(water));
  expect(bytes).toMatchObject({
    kind: 'bytes',
    device: '44d0b9e48d404094bbbcf889e4e64ece',
    time: 1_589_444_235_861_000,
  });
  expect(bytes && 'bytes' in bytes && bytes.bytes.length).toBe(64);
  const online =
    '{"timestamp":1589444231825,"tenantId":"10461180","protocol":"lwm2m","productId":"10053421","messageType":"deviceOnlineOfflineReport","iccid":"undefined","eventType":1,"deviceId":"44d0"}';
  expect(only(read(online))).toEqual({ kind: 'presence', device: '44d0', online: true });
  const delivered =
    '{"timestamp":1589444233258,"tenantId":"10461180","taskId":1,"result":{"resultDetail":"","resultCode":"DELIVERED"},"protocol":"lwm2m","productId":"10053421","messageType":"commandResponse","deviceId":"44d0"}';
  expect(only(read(delivered))).toMatchObject({ kind: 'fate', task: '1', success: true });
});

test('the fields of CTWing may be empty in many ways, or numbers where texts are', () => {
  const push = (more: object) =>
    only(read({ messageType: 'dataReport', deviceId: 7, timestamp: '1589444235861', ...more }));
  expect(push({ payload: { a: 1, b: '', c: 'undefined', d: null, e: 'x' } })).toEqual({
    kind: 'values',
    device: '7',
    time: 1_589_444_235_861_000,
    values: { a: 1, e: 'x' },
  });
  expect(push({ timestamp: '', payload: { APPdata: '', a: 1 } })).toMatchObject({ kind: 'values', time: undefined });
  expect(push({ messageType: 'eventReport', serviceId: 12, eventContent: { code: 3, x: '' } })).toMatchObject({
    kind: 'event',
    event: '12',
    data: { code: 3 },
  });
  expect(push({ messageType: 'commandResponse', taskId: '9', result: { resultCode: 'SENT' } })).toMatchObject({
    success: undefined,
  });
  expect(push({ messageType: 'commandResponse', taskId: '9', result: { resultCode: 'TIMEOUT' } })).toMatchObject({
    success: false,
    detail: 'TIMEOUT',
  });
  expect(only(read({ messageType: 'dataReport', deviceId: '', IMEI: '86', payload: {} }))).toMatchObject({
    device: '86',
  });
});

test('a push of CTWing is itself again when it comes again, and another when anything in it differs', () => {
  const id = (text: string) => (read(text) as Push).id;
  expect(id(smoke)).toBe(id(smoke));
  expect(id(smoke)).not.toBe(id(smoke.replace('"TData":30', '"TData":31')));
  expect(id(smoke)).not.toBe(id(smoke.replace('1606982320277', '1606982320278')));
});

test('a push to CTWing’s address without the secret is refused, and what is malformed is', () => {
  const type = (push: ReturnType<typeof read>) => isRefusal(push) && push.problem.type;
  expect(type(ctwing(token).read('/ctwing/', json(smoke)))).toBe('credential-unknown');
  expect(type(ctwing(token).read(`/${token}x`, json(smoke)))).toBe('credential-unknown');
  for (const wrong of ['{', '[]', '{}', '{"deviceId":"a"}', '{"deviceId":"a","messageType":"dataReport"}'])
    expect(type(read(wrong))).toBe('payload-malformed');
  expect(type(read({ deviceId: 'a', messageType: 'dataReport', payload: { APPdata: '?' } }))).toBe('payload-malformed');
  expect(type(read(`{"x":"${'x'.repeat(300_000)}"}`))).toBe('payload-too-large');
});

const keys = { token: 'abc' };
const sign = (nonce: string, msg: string) => createHash('md5').update(`abc${nonce}${msg}`).digest('base64');
const pushed = (message: object | string, more: object = {}) => {
  const msg = typeof message === 'string' ? message : JSON.stringify(message);
  return onenet(keys).read('/', json({ msg, nonce: 'n1', signature: sign('n1', msg), time: 1, id: 'one', ...more }));
};
const property = {
  projectId: '990909090',
  productId: '00001',
  deviceName: 'iot-0001',
  messageType: 'notify',
  notifyType: 'property',
  data: {
    id: '12345',
    params: {
      Power: { value: 'on', time: 1_524_448_722_123 },
      WF: { value: 23.6, time: 1_524_448_722_123 },
      '3_0_20': { time: 1_612_768_757_420, value: 4 },
      empty: { value: '', time: 1_524_448_722_123 },
    },
  },
};

test(clause('H-7.1-b-2', 'pushes of OneNET are read, values by their times'), () => {
  expect(pushed(property)).toMatchObject({
    events: [
      { kind: 'values', device: 'iot-0001', time: 1_524_448_722_123_000, values: { Power: 'on', WF: 23.6 } },
      { kind: 'values', device: 'iot-0001', time: 1_612_768_757_420_000, values: { '3_0_20': 4 } },
    ],
  });
  const event = { identifier1: { value: { Power: 'on' }, time: 1_524_448_722_123 } };
  expect(pushed({ ...property, notifyType: 'event', data: { params: event } })).toMatchObject({
    events: [{ kind: 'event', event: 'identifier1', data: { Power: 'on' }, time: 1_524_448_722_123_000 }],
  });
  const life = { deviceName: 'iot-0001', messageType: 'lifeCycle', data: { status: 'offline', time: 1 } };
  expect(pushed(life)).toMatchObject({ events: [{ kind: 'presence', online: false }] });
  // The older form, whose message is no text.
  const msg = { type: 1, dev_id: 2_016_617, ds_id: 'temperature', at: 1_466_133_706_841, value: 42 };
  const older = onenet(keys).read('/', json({ msg, nonce: 'x', msg_signature: sign('x', JSON.stringify(msg)) }));
  expect(older).toMatchObject({
    events: [{ device: '2016617', values: { temperature: 42 }, time: 1_466_133_706_841_000 }],
  });
});

test('a signature that is wrong, absent, or of another message is refused', () => {
  const type = (push: ReturnType<typeof pushed>) => isRefusal(push) && push.problem.type;
  expect(type(pushed(property, { signature: 'no' }))).toBe('credential-unknown');
  expect(type(pushed(property, { signature: undefined }))).toBe('credential-unknown');
  expect(type(pushed(property, { nonce: 'n2' }))).toBe('credential-unknown');
  expect(type(pushed(property, { msg: JSON.stringify({ ...property, deviceName: 'other' }) }))).toBe(
    'credential-unknown',
  );
  expect(type(pushed('nonsense'))).toBe('payload-malformed');
});

test('an enciphered push is deciphered after its signature was seen to be right', () => {
  const aesKey = '0123456789abcdef';
  const cipher = createCipheriv('aes-128-cbc', aesKey, aesKey);
  const msg = cipher.update(JSON.stringify(property), 'utf8', 'base64') + cipher.final('base64');
  const push = (given: string) =>
    onenet({ ...keys, aesKey }).read('/', json({ msg: given, nonce: 'n', signature: sign('n', given) }));
  expect(push(msg)).toMatchObject({ events: [{ device: 'iot-0001' }, {}] });
  expect(push(JSON.stringify(property))).toMatchObject({ detail: 'it cannot be deciphered' });
});

test('the greeting is given back when it is signed, also where a plus became a space', () => {
  const greet = (query: Record<string, string>) => onenet(keys).greet?.(new URLSearchParams(query));
  let nonce = 0;
  while (!sign(String(nonce), 'hello').includes('+')) nonce++;
  const signature = sign(String(nonce), 'hello');
  expect(greet({ msg: 'hello', nonce: String(nonce), signature })).toBe('hello');
  expect(greet({ msg: 'hello', nonce: String(nonce), signature: signature.replaceAll('+', ' ') })).toBe('hello');
  expect(greet({ msg: 'other', nonce: String(nonce), signature })).toMatchObject({ detail: 'the signature is wrong' });
  expect(greet({})).toMatchObject({ detail: 'nothing to give back' });
});

test('requests are signed as the clouds ask', () => {
  // By `openssl dgst -sha1 -hmac secret -binary | base64` over the five lines.
  expect(ctwingSignature('secret', 'app', '1515752817580', 'master', '{"a":1}')).toBe('cxvaAmLq+grkTrNrjsbuIa7IwGA=');
  const settings = {
    url: 'https://x',
    resource: 'products/123123',
    accessKey: Buffer.from('key').toString('base64'),
    product: 'p',
  };
  expect(onenetAuthorization(settings, 1_537_254_923_000)).toMatch(
    /^version=2018-10-31&res=products%2F123123&et=1537255523&method=sha256&sign=[A-Za-z0-9%]+$/,
  );
});

test('a push is taken once, the second waits for the first, and what failed may come again', async () => {
  const clock = movableClock('2026-01-01T00:00:00Z');
  const receipts = new Receipts(clock);
  let taken = 0;
  const take = async () => {
    await Promise.resolve();
    taken++;
  };
  expect(await Promise.all([receipts.once('a', take), receipts.once('a', take)])).toEqual([true, false]);
  expect(taken).toBe(1);
  await expect(receipts.once('b', () => Promise.reject(new Error('full')))).rejects.toThrow('full');
  expect(await receipts.once('b', take)).toBe(true);
  clock.pass(2.8 * 3600);
  expect(await receipts.once('a', take)).toBe(false);
  clock.pass(3600);
  expect(await receipts.once('a', take)).toBe(true);
});

test('the fate of a command may be told before the cloud has answered the command', async () => {
  const tasks = new Tasks();
  tasks.told({ kind: 'fate', device: 'd', task: '1', success: true, detail: 'ok' });
  expect(await tasks.outcome('d', '1', 1_000)).toEqual({ delivered: true, detail: 'ok' });
  const failing = tasks.outcome('d', '2', 1_000);
  tasks.told({ kind: 'fate', device: 'other', task: '2', success: true });
  tasks.told({ kind: 'fate', device: 'd', task: '2' });
  tasks.told({ kind: 'fate', device: 'd', task: '2', success: false, detail: 'FAILED' });
  await expect(failing).rejects.toMatchObject({ type: 'device-refused', data: { detail: 'FAILED' } });
  await expect(tasks.outcome('d', '3', 10)).rejects.toMatchObject({ type: 'device-silent' });
});

test('random pushes give events or a refusal', () => {
  const any = fc.jsonValue({ maxDepth: 4 });
  const kinds = ['dataReport', 'eventReport', 'deviceOnlineOfflineReport', 'commandResponse', 'notify', 'lifeCycle'];
  const shaped = fc.record(
    {
      messageType: fc.oneof(fc.constantFrom(...kinds), any),
      deviceId: fc.oneof(fc.string(), any),
      deviceName: fc.oneof(fc.string(), any),
      payload: fc.oneof(any, fc.record({ APPdata: any, serviceData: any })),
      data: fc.oneof(any, fc.record({ params: any, status: any })),
      timestamp: any,
      eventType: any,
      eventContent: any,
      taskId: any,
      result: any,
      type: any,
      ds_id: any,
      value: any,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(shaped, any), (value) => {
      for (const push of [read(value), pushed(JSON.stringify(value))]) {
        if (isRefusal(push)) continue;
        for (const event of push.events) expect(event.device.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 3_000, seed: 31 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(isRefusal(onenet(keys).read('/', bytes))).toBe(true);
      expect(isRefusal(ctwing(token).read(`/${token}`, bytes))).toBe(true);
    }),
    { numRuns: 1_000, seed: 32 },
  );
});
