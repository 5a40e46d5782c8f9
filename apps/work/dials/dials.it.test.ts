import type { Actor } from '@keystead/contracts/access';
import type { places } from '@keystead/data/places';
import type { TelemetryService } from '@keystead/data/telemetry';
import type { ThingsService } from '@keystead/data/things';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dials } from './index.ts';

const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const suspect = 16;
let platform: TestPlatform;
let telemetry: TelemetryService;
let things: ThingsService;
let reader: Actor;
let reviewer: Actor;
let place: { id: string; path: string };
let count = 0;

beforeAll(async () => {
  platform = await startPlatform(dials);
  telemetry = platform.services.telemetry as TelemetryService;
  things = platform.services.things as ThingsService;
  reader = platform.actor('thing:write', 'place:write', 'telemetry:read', 'record:read', 'dial:write', 'dial:review');
  reviewer = platform.actor('telemetry:read', 'record:read', 'dial:review');
  const tree = platform.services.places as ReturnType<typeof places.setup>;
  place = await tree.create(reader, { parent: null, kind: 'project', code: 'P1', name: '示范小区' });
});
afterAll(async () => {
  await telemetry.close();
  await platform.stop();
});

const takenAt = () => platform.clock.now().toISOString();
const before = (seconds: number) => platform.clock.now().getTime() - seconds * 1000;

async function meter(family = 'water-meter') {
  const code = `WM-${++count}`;
  return things.create(reader, { code, name: code, family, placeId: place.id });
}
/** A register value of so many seconds ago; 0 = good. */
async function said(thing: number, seconds: number, volume: number, quality = 0): Promise<void> {
  const message = { thing, time: before(seconds) * 1000 + 7, keys: [1], values: [volume], qualities: [quality] };
  await telemetry.accept({ messages: [message], received: before(seconds) * 1000 });
}

async function ask(actor: Actor, method: 'GET' | 'POST', url: string, payload?: object | Buffer) {
  const type = Buffer.isBuffer(payload) ? { 'content-type': 'application/octet-stream' } : {};
  const answer = await platform.http.app.inject({
    ...{ method, url: `/api/v1${url}` },
    headers: { authorization: `Test ${actor.id}`, ...type },
    ...(payload ? { payload } : {}),
  });
  return { status: answer.statusCode, body: answer.json() };
}
function keep(thing: string, dial: string, more: Record<string, string> = {}, actor = reader) {
  const said = { thing, dial, takenAt: takenAt(), name: '表盘.png', mediaType: 'image/png', ...more };
  return ask(actor, 'POST', `/dials?${new URLSearchParams(said)}`, picture);
}
const review = (id: string, body: object, actor = reviewer) => ask(actor, 'POST', `/dials/${id}/review`, body);
const readingsOf = async (thing: string) => {
  const span = new URLSearchParams({
    from: new Date(before(86_400)).toISOString(),
    to: new Date(before(-60)).toISOString(),
  });
  return (await ask(reviewer, 'GET', `/telemetry/things/${thing}/properties/volume/readings?${span}`)).body.items;
};

test(
  clause(
    'H-6.4-b-1',
    'the photo of a dial is kept beside the trusted register value nearest to it, with their difference',
  ),
  async () => {
    const { id, number } = await meter();
    await said(number, 7_200, 12.3);
    await said(number, 600, 12.342);
    await said(number, 60, 99, suspect);
    const kept = await keep(id, '00012.345');
    expect(kept).toMatchObject({
      status: 201,
      body: {
        ...{ thing: id, thingCode: 'WM-1', property: 'volume', unit: 'm3', dial: '00012.345', register: 12.342 },
        ...{ lastPlaces: 3, state: 'waiting', own: true, reviewerName: null, propertyName: { zh: '累计水量' } },
      },
    });
    const photo = (await ask(reader, 'GET', `/records/${kept.body.photo}`)).body;
    expect(photo).toMatchObject({ subject: `thing:${id}`, storeLevel: 3, mediaType: 'image/png', name: '表盘.png' });
    expect((await keep(id, '00012.342')).body).toMatchObject({ lastPlaces: 0, state: 'agrees' });
    expect((await keep(id, '00012.3')).body).toMatchObject({ lastPlaces: 0, state: 'agrees' });
    const { items } = (await ask(reviewer, 'GET', `/dials?thing=${id}&state=waiting`)).body;
    expect(items).toMatchObject([{ id: kept.body.id, own: false }]);
  },
);

test(
  clause(
    'H-6.4-b-1',
    'a register a second person finds wrong is put right by its dial, and what it said before is kept',
  ),
  async () => {
    const { id, number } = await meter();
    await said(number, 600, 1_234.5);
    const kept = (await keep(id, '00012.345')).body;
    expect(kept).toMatchObject({ state: 'waiting', register: 1_234.5 });
    expect(await review(kept.id, { verdict: 'corrected' }, reader)).toMatchObject({
      status: 403,
      body: { type: 'dial-own-photo' },
    });
    const judged = await review(kept.id, { verdict: 'corrected', dial: '00012.346', note: '脉冲倍率设错' });
    expect(judged).toMatchObject({
      status: 200,
      body: { state: 'corrected', dial: '00012.346', firstDial: '00012.345', register: 1_234.5, note: '脉冲倍率设错' },
    });
    expect(await readingsOf(id)).toMatchObject([
      { time: kept.registerTime, value: 12.346, quality: 'corrected', source: 'dial-photo' },
    ]);
    expect(await review(kept.id, { verdict: 'confirmed' })).toMatchObject({
      status: 409,
      body: { type: 'dial-check-reviewed' },
    });
    const lines = await platform.owner.query<{ action: string }>(
      `select action from audit.line where action like 'dial.%' and subject = $1 order by at`,
      [`thing:${id}`],
    );
    expect(lines.rows.map(({ action }) => action)).toEqual(['dial.keep', 'dial.review']);
  },
);

test('without a register value within a day the check waits, and the dial becomes the value of that moment', async () => {
  const { id, number } = await meter();
  await said(number, 90_000, 11);
  const kept = (await keep(id, '00012.000')).body;
  expect(kept).toMatchObject({ state: 'waiting', register: null, lastPlaces: null });
  expect((await review(kept.id, { verdict: 'corrected' })).status).toBe(200);
  expect(await readingsOf(id)).toMatchObject([{ value: 12, quality: 'corrected' }]);
});

test('a register that is right is confirmed and an unreadable photo set aside; neither changes what was measured', async () => {
  const { id, number } = await meter();
  await said(number, 60, 5);
  const [one, other] = [(await keep(id, '00050')).body, (await keep(id, '88888')).body];
  expect((await review(one.id, { verdict: 'confirmed', dial: '00005' })).body).toMatchObject({
    ...{ state: 'confirmed', dial: '00005', firstDial: '00050', lastPlaces: 0 },
  });
  expect((await review(other.id, { verdict: 'unreadable' })).body.state).toBe('unreadable');
  expect(await readingsOf(id)).toMatchObject([{ value: 5, quality: 'good' }]);
  const same = (await keep(id, '00005')).body;
  expect((await review(same.id, { verdict: 'corrected' })).body.type).toBe('dial-agrees');
});

test('what is no picture, no meter, no dial, no time, or out of reach is refused', async () => {
  const { id } = await meter();
  const typeOf = async (answer: Promise<{ body: { type: string } }>) => (await answer).body.type;
  expect(await typeOf(keep(id, '12,5'))).toBe('input-invalid');
  expect(await typeOf(keep(id, '12', { mediaType: 'image/jpeg' }))).toBe('record-media-type-mismatch');
  expect(await typeOf(keep(id, '12', { takenAt: '2020-01-01T00:00:00Z' }))).toBe('dial-time-wrong');
  expect(await typeOf(keep((await meter('smoke-detector')).id, '12'))).toBe('dial-without-register');
  const stranger = platform.actorAt(['elsewhere/'], 'telemetry:read', 'dial:write', 'dial:review');
  expect(await typeOf(keep(id, '12', {}, stranger))).toBe('thing-missing');
  const kept = (await keep(id, '12')).body;
  expect((await ask(stranger, 'GET', `/dials/${kept.id}`)).status).toBe(404);
  expect(await typeOf(review(kept.id, { verdict: 'confirmed' }, stranger))).toBe('dial-check-missing');
  expect((await ask(stranger, 'GET', '/dials')).body.items).toEqual([]);
});

test('checks are paged, newest first', async () => {
  const { id } = await meter();
  for (const dial of ['1', '2', '3']) await keep(id, dial);
  const first = (await ask(reviewer, 'GET', `/dials?thing=${id}&limit=2`)).body;
  expect(first.items.map(({ dial }: { dial: string }) => dial)).toEqual(['3', '2']);
  const rest = (await ask(reviewer, 'GET', `/dials?thing=${id}&limit=2&cursor=${first.next}`)).body;
  expect([rest.items.map(({ dial }: { dial: string }) => dial), rest.next]).toEqual([['1'], null]);
});
