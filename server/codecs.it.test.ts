import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type CodecsService, codecs } from '@keystead/apps/work/codecs';
import { systemClock } from '@keystead/kernel/base';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCodecBench } from './codec-bench.ts';
import { createFrameDesk } from './frame-desk.ts';

const kiln = readFileSync(fileURLToPath(new URL('../terminals/script/fixtures/kiln.js', import.meta.url)), 'utf8');
const bench = createCodecBench(systemClock);
let platform: TestPlatform;
let service: CodecsService;
let headers: Record<string, string>;

const frameOf = (unit: number, kind: number, body: number[]): string => {
  const bytes = [0x4b, 0x21, body.length, unit >> 8, unit & 255, kind, ...body];
  return Buffer.from([...bytes, bytes.reduce((sum, byte) => sum ^ byte, 0)]).toString('hex');
};
const measured = {
  way: 'up',
  name: '测量',
  hex: frameOf(7, 1, [0x21, 0x35, 0, 100, 1]),
  expected: { device: '7', readings: [{ device: '7', values: { temperature: 850.1, pressure: 100 } }] },
};
const setPoint = {
  way: 'down',
  name: '设定',
  method: 'set-temperature',
  params: { to: 900 },
  request: 1,
  device: '7',
  expected: { hex: frameOf(7, 0x10, [0, 1, 0x23, 0x28]) },
};
const samples = [measured, setPoint];

beforeAll(async () => {
  platform = await startPlatform(codecs);
  service = platform.services.codecs as CodecsService;
  service.plug({ bench, desk: createFrameDesk() });
  headers = as('codec:read', 'codec:write', 'codec:publish');
});
afterAll(async () => {
  await platform.stop();
  await bench.close();
});

const as = (...permissions: string[]) => ({ authorization: `Test ${platform.actor(...permissions).id}` });
type Method = 'GET' | 'POST' | 'DELETE';
async function ask(method: Method, path: string, payload?: object, more: Record<string, string> = {}) {
  const url = `/api/v1/codecs${path}`;
  const answer = await platform.http.app.inject({
    ...{ method, url, headers: { ...headers, ...more } },
    ...(payload && { payload }),
  });
  return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() };
}
const create = async (name: string, more: object = {}): Promise<string> => {
  const { status, body } = await ask('POST', '', { name, source: kiln, samples, ...more });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.id;
};

test(
  clause('I-7.1-b', 'a script is written, tried, versioned, published by its samples, and rolled back'),
  async () => {
    const id = await create('kiln');
    expect((await ask('GET', `/${id}`)).body).toMatchObject({
      name: 'kiln',
      latest: 1,
      published: null,
      versions: [{ number: 1, samples: 2, functions: expect.arrayContaining(['decodeUplink', 'frame']) }],
    });
    expect((await ask('POST', `/${id}/publications`, { number: 1 })).body).toMatchObject({ published: 1 });

    // The second names a word otherwise; its samples still expect the old one.
    const source = kiln.replace('temperature: word(0) / 10', 'celsius: word(0) / 10');
    const second = await ask('POST', `/${id}/versions`, { source, samples, note: 'celsius' }, { 'if-match': '"1"' });
    expect(second).toMatchObject({ status: 201, body: { latest: 2, published: 1 } });
    const refused = await ask('POST', `/${id}/publications`, { number: 2 });
    expect(refused).toMatchObject({ status: 422, body: { type: 'codec-samples-failed' } });
    const actor = platform.actor('codec:read');
    expect(await service.inForce(actor, ['kiln', 'nobody'])).toEqual([{ name: 'kiln', version: 1, source: kiln }]);

    // Another who began from the first version is told so.
    const late = await ask('POST', `/${id}/versions`, { source, samples }, { 'if-match': '"1"' });
    expect(late).toMatchObject({ status: 412, body: { type: 'edit-conflict' } });

    const renamed = {
      ...measured,
      expected: { readings: [{ device: '7', values: { celsius: 850.1, pressure: 100 } }] },
    };
    await ask('POST', `/${id}/versions`, { source, samples: [renamed] });
    expect((await ask('POST', `/${id}/publications`, { number: 3 })).body).toMatchObject({ published: 3 });
    expect(await service.inForce(actor, ['kiln'])).toMatchObject([{ version: 3, source }]);

    expect((await ask('POST', `/${id}/roll-back`, { number: 2 })).body).toMatchObject({
      type: 'codec-never-published',
    });
    expect((await ask('POST', `/${id}/roll-back`, { number: 1 })).body).toMatchObject({ published: 1 });
    expect(await service.inForce(actor, ['kiln'])).toMatchObject([{ version: 1, source: kiln }]);
    const { publications } = (await ask('GET', `/${id}`)).body;
    expect(publications.map(({ number, way }: { number: number; way: string }) => [number, way])).toEqual([
      [1, 'roll-back'],
      [3, 'publish'],
      [1, 'publish'],
    ]);
    // What was written stays readable as it was.
    expect((await ask('GET', `/${id}/versions/2`)).body).toMatchObject({ source, samples, note: 'celsius' });
  },
);

test('nobody changes a version that was written, not even past the program', async () => {
  const id = await create('steady');
  const actor = platform.actor();
  await expect(
    platform.db.transaction(actor.scope, (tx) =>
      tx.client.query(`update codecs.version set source = 'x' where codec = $1`, [id]),
    ),
  ).rejects.toThrow('never changed');
});

test('a trial shows what each sample made, and keeps nothing', async () => {
  const broken = { ...measured, name: '坏帧', hex: frameOf(7, 9, []), expected: { refused: 'codec-failed' } };
  const wrong = {
    ...measured,
    name: '期望有误',
    expected: { readings: [{ device: '7', values: { temperature: 1, pressure: 100 } }] },
  };
  const { status, body } = await ask('POST', '/trial', { source: kiln, samples: [...samples, broken, wrong] });
  expect(status, JSON.stringify(body)).toBe(200);
  expect(body.verdicts.map(({ passed }: { passed: boolean }) => passed)).toEqual([true, true, true, false]);
  expect(body.verdicts[3]).toMatchObject({
    differences: ['/readings/0/values/temperature'],
    made: { readings: [{ device: '7', values: { temperature: 850.1, pressure: 100 } }] },
  });
  expect(body.verdicts[2]).toMatchObject({
    refused: 'codec-failed',
    detail: expect.stringContaining('unknown kind 9'),
  });
});

test(clause('I-7.1-b', 'a script that loops is cut at its trial, and one that is none is not taken'), async () => {
  const endless = 'function decodeUplink() { for (;;) {} }';
  const { body } = await ask('POST', '/trial', { source: endless, samples: [measured] });
  expect(body.verdicts).toMatchObject([{ passed: false, refused: 'codec-cut' }]);
  const id = await create('endless', { source: endless, samples: [measured] });
  expect((await ask('POST', `/${id}/publications`, { number: 1 })).body).toMatchObject({
    type: 'codec-samples-failed',
  });
  const none = { name: 'none', source: 'const a = 1', samples: [] };
  expect(await ask('POST', '', none)).toMatchObject({ status: 422, body: { type: 'codec-source-invalid' } });
  const unread = { name: 'unread', source: 'function frame( {', samples: [] };
  expect(await ask('POST', '', unread)).toMatchObject({ status: 422, body: { type: 'codec-source-invalid' } });
  const halves = { name: 'halves', source: kiln, samples: [{ ...measured, hex: '4b2' }] };
  expect((await ask('POST', '', halves)).body).toMatchObject({
    errors: [{ pointer: '/samples/0/hex', code: 'half-byte' }],
  });
});

test('nothing without samples is published, names are taken once, and what is in use stays', async () => {
  const id = await create('bare', { samples: [] });
  expect((await ask('POST', `/${id}/publications`, { number: 1 })).status).toBe(422);
  expect((await ask('POST', '', { name: 'bare', source: kiln })).body).toMatchObject({ type: 'codec-name-taken' });
  const users = new Map([['bare', ['1 号节点 · hall']]]);
  service.onUsersAsked(async (_organisation, name) => users.get(name) ?? []);
  expect((await ask('DELETE', `/${id}`)).body).toMatchObject({ type: 'codec-in-use' });
  expect((await ask('GET', `/${id}`)).body).toMatchObject({ users: ['1 号节点 · hall'] });
  users.clear();
  expect((await ask('DELETE', `/${id}`)).status).toBeLessThan(300);
  expect((await ask('GET', `/${id}`)).status).toBe(404);
});

test('reading, writing and publishing are three rights, and another organisation sees nothing', async () => {
  const id = await create('rights');
  const asked = async (who: Record<string, string>, method: Method, path: string, payload?: object) =>
    (await ask(method, path, payload, who)).status;
  const reader = as('codec:read');
  expect(await asked(reader, 'GET', `/${id}`)).toBe(200);
  expect(await asked(reader, 'POST', '', { name: 'x', source: kiln })).toBe(403);
  expect(await asked(as('codec:write'), 'POST', `/${id}/publications`, { number: 1 })).toBe(403);
  const stranger = platform.actor('codec:read');
  const elsewhere = { ...stranger, scope: { ...stranger.scope, organisation: crypto.randomUUID() as never } };
  expect(await service.list(elsewhere)).toEqual([]);
  await expect(service.version(elsewhere, id, 1)).rejects.toMatchObject({ type: 'codec-missing' });
});

test('the desk explains a frame and tries a script on it', async () => {
  await create('beside');
  const { status, body } = await ask('POST', '/frames', { hex: measured.hex, codec: 'beside' });
  expect(status, JSON.stringify(body)).toBe(200);
  expect(body.codec).toMatchObject({ name: 'beside', number: 1, up: { made: measured.expected } });
  const modbus = await ask('POST', '/frames', { hex: '01 03 02 00 2A 39 9B' });
  expect(modbus.body.frames[0]).toMatchObject({ protocol: 'modbus-rtu', checksum: 'right', start: 0, end: 7 });
  expect((await ask('POST', '/frames', { hex: '0g' })).body).toMatchObject({ errors: [{ code: 'not-hex' }] });
  expect((await ask('POST', '/frames', { hex: '00', codec: 'nobody' })).status).toBe(404);
});
