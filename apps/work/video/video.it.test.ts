import type { AlarmsService } from '@keystead/apps/work/alarms';
import type { Actor } from '@keystead/contracts/access';
import type { places } from '@keystead/data/places';
import type { RecordsService } from '@keystead/data/records';
import type { ThingsService } from '@keystead/data/things';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkItems } from './check-item.ts';
import { startMediaServer, type TestMediaServer } from './media-fixture.ts';
import { type VideoService, video } from './module.ts';

const day = 86_400_000;
const secret = 'media-secret-1';
let platform: TestPlatform;
let media: TestMediaServer;
let service: VideoService;
let things: ThingsService;
let actor: Actor;
let place: { id: string; path: string };

beforeAll(async () => {
  media = await startMediaServer(secret);
  platform = await startPlatform(video);
  service = platform.services.video as VideoService;
  things = platform.services.things as ThingsService;
  const rights = 'video:read video:watch video:manage alarm:read command:send command:rule command:read thing:write';
  actor = platform.actor(...rights.split(' '), 'place:write', 'record:write', 'record:read', 'journal:read');
  const tree = platform.services.places as ReturnType<typeof places.setup>;
  place = await tree.create(actor, { parent: null, kind: 'project', code: 'P1', name: '一期' });
  await service.settings.save(actor, undefined, {
    mediaUrl: media.url,
    publicUrl: 'https://video.example.org',
    app: 'live',
    segment: 600,
    retentionDays: 30,
    middleSlots: ['face'],
    uplink: null,
    secret,
  });
});
afterAll(async () => {
  await (platform.services.telemetry as { close(): Promise<void> }).close();
  await platform.stop();
  await media.close();
});

let made = 0;
async function camera(stream?: string, upward: string | null = null) {
  const code = `CAM-${++made}`;
  const draft = { code, name: `摄像机 ${made}`, family: 'camera', placeId: place.id, state: 'in-use' };
  const thing = await things.create(actor, draft as never);
  if (stream) await service.cameras.enter(actor, thing.id, undefined, { stream, perimeter: true, upward });
  return thing;
}

const alarmsOf = async (id: string) => {
  const desk = platform.services.alarms as AlarmsService;
  const { items } = await desk.list(actor, { limit: 50 } as never);
  return items.filter(({ subject }) => subject.id === id);
};

describe('recordings', () => {
  test(clause('H-6.2-d-1', 'a file of day 29.9 is there, and goes only after day 30'), async () => {
    const start = platform.clock.now().getTime();
    await camera('keep');
    media.record('keep', start, start + 1);
    expect(media.files.size).toBe(1);
    platform.clock.pass((29.9 * day) / 1000);
    expect(await service.keeping.expire()).toBe(0);
    platform.clock.pass((0.1 * day) / 1000);
    // The file lasts ten minutes: its last minute is not thirty days old yet.
    expect(await service.keeping.expire()).toBe(0);
    expect(media.files.size).toBe(1);
    platform.clock.pass(601);
    expect(await service.keeping.expire()).toBe(1);
    expect(media.files.size).toBe(0);
  });

  test(
    clause('H-6.2-d-1', 'thirty days are verified by asking, and what is missing is an alarm until it is not'),
    async () => {
      const start = platform.clock.now().getTime();
      const thing = await camera('whole');
      platform.clock.pass((31 * day) / 1000);
      const now = platform.clock.now().getTime();
      media.record('whole', start, now);
      await service.keeping.check();
      expect(await service.cameras.get(actor, thing.id)).toMatchObject({ recording: 'kept', gaps: [] });
      expect(await alarmsOf(thing.id)).toEqual([]);
      const lost = [...media.files].filter((file) => file.startsWith('whole/')).slice(2000, 2018);
      for (const file of lost) media.files.delete(file);
      await service.keeping.check();
      const { recording, gaps } = await service.cameras.get(actor, thing.id);
      expect(recording).toBe('gaps');
      expect(gaps.map(({ from, to }) => (to - from) / 3_600_000)).toEqual([3]);
      expect(await alarmsOf(thing.id)).toMatchObject([
        { rule: 'platform:video-retention', severity: 3, condition: 'active' },
      ]);
      for (const file of lost) media.files.add(file);
      await service.keeping.check();
      expect(await alarmsOf(thing.id)).toMatchObject([{ condition: 'cleared' }]);
    },
  );

  test('a server that does not answer is told as that, and no recordings are thought missing', async () => {
    const thing = await camera('away');
    platform.clock.pass((2 * day) / 1000);
    media.fails();
    await service.keeping.check();
    media.recovers();
    expect(await service.cameras.get(actor, thing.id)).toMatchObject({ recording: 'unreachable' });
    expect(await alarmsOf(thing.id)).toEqual([]);
  });
});

describe('links', () => {
  const ask = async (hook: string, body: object) =>
    (await platform.http.app.inject({ method: 'POST', url: `/api/v1/video/hooks/${hook}`, payload: body })).json();

  test('to the live picture hold for one camera and two minutes, and opening one is in the journal', async () => {
    const thing = await camera('gate');
    media.live.add('gate');
    expect(await service.watching.state(actor, thing.id)).toEqual({ live: true, viewers: 2, speed: 250_001 });
    const { url } = await service.watching.live(actor, thing.id);
    const link = new URL(url);
    expect(link.origin + link.pathname).toBe('https://video.example.org/live/gate.live.mp4');
    const params = link.search.slice(1);
    expect(await ask('play', { app: 'live', stream: 'gate', params })).toMatchObject({ code: 0 });
    expect(await ask('play', { app: 'live', stream: 'other', params })).toMatchObject({ code: -1 });
    expect(await ask('play', { app: 'live', stream: 'gate', params: '' })).toMatchObject({ code: -1 });
    platform.clock.pass(121);
    expect(await ask('play', { app: 'live', stream: 'gate', params })).toMatchObject({ code: -1 });
    const lines = await platform.owner.query(
      `select actor_id from audit.line where action = 'video.watch' and subject = 'video:/live/gate'`,
    );
    expect(lines.rows).toEqual([{ actor_id: actor.id }]);
  });

  test('to recorded files come with what is missing, each for its file', async () => {
    const thing = await camera('yard');
    const start = platform.clock.now().getTime();
    platform.clock.pass(7200 * 2);
    media.record('yard', start, start + 3_600_000);
    media.record('yard', start + 7_200_000, start + 14_400_000);
    const found = await service.watching.recordings(actor, thing.id, new Date(start), new Date(start + 14_400_000));
    expect(found.spans).toHaveLength(18);
    expect(found.gaps).toEqual([{ from: start + 3_600_000, to: start + 7_200_000 }]);
    const [first, second] = found.spans.map(({ url }) => new URL(url));
    const params = first?.search.slice(1);
    expect(await ask('file', { path: first?.pathname, params })).toMatchObject({ code: 0, err: '' });
    expect(await ask('file', { path: second?.pathname, params })).toMatchObject({ code: -1 });
  });

  test(clause('H-6.2-d-1', 'to a while of the past begin within the file that holds its first second'), async () => {
    const thing = await camera('hall');
    const start = platform.clock.now().getTime();
    media.record('hall', start, start + 3_600_000);
    platform.clock.pass(7200);
    const play = (from: number, to: number) =>
      service.watching.playback(actor, thing.id, new Date(start + from), new Date(start + to));
    const pieces = await play(725_000, 1_300_000);
    expect(pieces.map(({ from, to, offset }) => [from - start, to - start, offset])).toEqual([
      [725_000, 1_200_000, 125],
      [1_200_000, 1_300_000, 0],
    ]);
    const [first] = pieces.map(({ url }) => new URL(url));
    expect(await ask('file', { path: first?.pathname, params: first?.search.slice(1) })).toMatchObject({ code: 0 });
    await expect(play(4_000_000, 4_600_000)).rejects.toMatchObject({ type: 'recording-missing' });
  });
});

test(
  clause('H-6.2-0', 'the site checklist of a camera shows what is not filled, with a file for what is met'),
  async () => {
    const thing = await camera();
    const records = platform.services.records as RecordsService;
    const file = await platform.kernel.db.transaction(actor.scope, (tx) =>
      records.put(tx, actor, {
        name: '验收.txt',
        mediaType: 'text/plain',
        storeLevel: 2,
        retentionYears: 5,
        subject: `thing:${thing.id}`,
        place: place.path,
        content: Buffer.from('验收通过'),
      } as never),
    );
    const gaps = async () => (await service.cameras.checklist(actor, thing.id)).filter(({ gap }) => gap !== undefined);
    expect(await gaps()).toHaveLength(checkItems.length);
    await service.cameras.fill(actor, thing.id, 'coverage', { state: 'met', note: '', record: file.id });
    await service.cameras.fill(actor, thing.id, 'entrances', { state: 'met', note: '', record: null });
    await service.cameras.fill(actor, thing.id, 'perimeter', { state: 'not-applicable', note: '室内', record: null });
    expect((await gaps()).map(({ item }) => item)).toEqual(
      checkItems.filter((item) => !['coverage', 'perimeter'].includes(item)),
    );
    expect(await service.cameras.get(actor, thing.id)).toMatchObject({ settled: 2 });
  },
);

test(clause('H-6.2-e-1', 'H-6.2-e-2', 'size turns the slots on, and results arrive as events from each'), async () => {
  const tree = platform.services.places as ReturnType<typeof places.setup>;
  const site = await tree.create(actor, { parent: null, kind: 'project', code: 'P2', name: '二期' });
  const draft = { code: 'CAM-S', name: '大门', family: 'camera', placeId: site.id };
  const thing = await things.create(actor, draft as never);
  const gapsAt = async (households: number) => {
    const { slots } = await service.sites.set(actor, site.id, undefined, { households, slots: {} });
    return slots.map(({ on, gap }) => [on, gap]);
  };
  expect(await gapsAt(100)).toEqual([
    [false, undefined],
    [false, undefined],
    [false, undefined],
  ]);
  expect(await gapsAt(1000)).toEqual([
    [true, 'no-results'],
    [true, 'no-results'],
    [true, 'no-results'],
  ]);
  const time = platform.clock.now().getTime() * 1000;
  const events = ['faceFound', 'behaviourFound', 'plateFound', 'motion'].map((event) => ({
    thing: thing.number,
    time,
    event,
  }));
  await service.results.take({ gateway: 1, batch: 1, received: time, messages: [], events });
  expect(await gapsAt(1000)).toEqual([
    [true, undefined],
    [true, undefined],
    [true, undefined],
  ]);
  expect((await service.cameras.results(actor, thing.id)).map(({ slot, results }) => [slot, results])).toEqual(
    expect.arrayContaining([
      ['face', 1],
      ['behaviour', 1],
      ['plate', 1],
    ]),
  );
});

test('the secret of the media server is never shown, and who sees one place sees its cameras only', async () => {
  const shown = await service.settings.get(actor);
  expect(JSON.stringify(shown)).not.toContain(secret);
  expect(shown).toMatchObject({ secretSet: true, uplinkPasswordSet: false });
  const district = platform.actorAt([place.path], 'video:manage');
  await expect(service.settings.save(district, undefined, { ...shown, middleSlots: [] })).rejects.toThrow(
    'not-allowed',
  );
  const thing = await camera('seen');
  const stranger = platform.actorAt(['zz/'], 'video:read');
  await expect(service.cameras.get(stranger, thing.id)).rejects.toThrow('camera-missing');
  expect((await service.cameras.list(stranger, { limit: 50 })).items).toEqual([]);
  const first = await service.cameras.list(actor, { limit: 2 });
  const rest = await service.cameras.list(actor, { limit: 50, cursor: first.next ?? '' });
  expect(new Set([...first.items, ...rest.items].map(({ id }) => id)).size).toBe(
    first.items.length + rest.items.length,
  );
});
