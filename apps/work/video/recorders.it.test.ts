import type { CommandsService } from '@keystead/apps/work/commands';
import type { Actor } from '@keystead/contracts/access';
import type { places } from '@keystead/data/places';
import type { ThingsService } from '@keystead/data/things';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startMediaServer, type TestMediaServer } from './media-fixture.ts';
import { type VideoService, video } from './module.ts';

let platform: TestPlatform;
let media: TestMediaServer;
let service: VideoService;
let commands: CommandsService;
let actor: Actor;
const written: { thing: number; request: number; method: string; params?: unknown }[] = [];
let made = 0;
let placeId: string;

beforeAll(async () => {
  media = await startMediaServer('media-secret-1');
  platform = await startPlatform(video);
  service = platform.services.video as VideoService;
  commands = platform.services.commands as CommandsService;
  const rights =
    'video:read video:watch video:manage journal:read command:send command:send-dangerous command:read command:rule thing:write place:write';
  actor = platform.actor(...rights.split(' '));
  const tree = platform.services.places as ReturnType<typeof places.setup>;
  placeId = (await tree.create(actor, { parent: null, kind: 'project', code: 'P1', name: '一期' })).id;
  commands.outbox.onCommand({
    reaches: () => true,
    command: (call) => {
      written.push(call);
      return true;
    },
  });
});
afterAll(async () => {
  await (platform.services.telemetry as { close(): Promise<void> }).close();
  await platform.stop();
  await media.close();
});

const thing = (family: string) => {
  const code = `${family}-${++made}`;
  const draft = { code, name: code, family, placeId, state: 'in-use' };
  return (platform.services.things as ThingsService).create(actor, draft as never);
};
/** One look of the gateway at the queue; what the devices got by it. */
async function deliver() {
  const before = written.length;
  await commands.outbox.look();
  await commands.outbox.settled();
  return written.slice(before);
}

test('a recorder is asked for its channels, its answer is kept, and what it no longer tells is off', async () => {
  const recorder = await thing('video-recorder');
  const camera = await thing('camera');
  const ask = async (...items: object[]) => {
    await service.recorders.refresh(actor, recorder.id);
    const [call] = await deliver();
    expect(call).toMatchObject({ thing: recorder.number, method: 'catalogue' });
    await commands.outbox.answered(recorder.number, call?.request ?? 0, { complete: true, items });
    await platform.drain();
    platform.clock.pass(60);
    return (await service.recorders.channels(actor, recorder.id)).map(({ name, on, camera }) => [name, on, camera]);
  };
  const [east, west] = ['34020000001320000001', '34020000001320000002'];
  expect(await ask({ id: east, name: '东门', on: true }, { id: west, name: '西门', on: true })).toEqual([
    ['东门', true, null],
    ['西门', true, null],
  ]);
  await service.recorders.assign(actor, recorder.id, east, camera.id);
  expect(await ask({ id: west, name: '西门外', on: true })).toEqual([
    ['东门', false, camera.id],
    ['西门外', true, null],
  ]);
});

test(clause('H-6.2-c', 'the night light that ships: 20 motions at night are 20 commands, 20 by day none'), async () => {
  const [camera, light] = [await thing('camera'), await thing('smart-light')];
  await service.nightLight(actor, camera.id, { light: light.id, from: '19:00', to: '06:00' });
  await commands.linkage.refresh();
  let batch = 0;
  const motion = async () => {
    const time = platform.clock.now().getTime() * 1000;
    const events = [{ thing: camera.number, time, event: 'motion' }];
    await commands.linkage.take({ gateway: 1, batch: ++batch, received: time, messages: [], events });
    platform.clock.pass(5);
  };
  for (let n = 0; n < 20; n++) await motion();
  expect(await deliver()).toEqual([]);
  platform.clock.pass(14 * 3600);
  for (let n = 0; n < 20; n++) {
    await motion();
    expect(await deliver()).toMatchObject([{ thing: light.number, method: 'on' }]);
  }
});

const channel = '34020000001320000001';
const journalOf = async (action: string) => {
  const { rows } = await platform.owner.query('select detail from audit.line where action = $1 order by at', [action]);
  return rows.map(({ detail }) => JSON.parse(detail));
};

test(clause('H-6.2-c', 'a camera is turned by a command of who may, through the recorder that has it'), async () => {
  const [recorder, camera] = [await thing('video-recorder'), await thing('camera')];
  await service.recorders.assign(actor, recorder.id, channel, camera.id);
  expect(await service.cameras.get(actor, camera.id)).toMatchObject({ recorder: recorder.id, channel });
  const at = { recorder: recorder.id, channel };
  await service.pointing.move(actor, at, { ways: ['left', 'up'], speed: 64, lasts: 500 });
  await service.pointing.preset(actor, at, { act: 'call', number: 3 });
  expect(await deliver()).toMatchObject([
    { thing: recorder.number, method: 'move', params: { channel, ways: ['left', 'up'], speed: 64, lasts: 500 } },
    { thing: recorder.number, method: 'preset', params: { channel, act: 'call', number: 3 } },
  ]);
  expect((await journalOf('command.send')).at(-1)).toMatchObject({ service: 'preset', input: { act: 'call' } });
  const looker = platform.actor('video:read', 'video:watch');
  const move = { ways: ['in'], speed: 64, lasts: 500 };
  await expect(service.pointing.move(looker, at, move)).rejects.toMatchObject({ type: 'command-level-too-low' });
  const stranger = platform.actorAt(['zz/'], 'video:watch', 'command:send');
  await expect(service.pointing.move(stranger, at, move)).rejects.toMatchObject({ type: 'recorder-missing' });
  expect(await deliver()).toEqual([]);
});

test(
  clause('H-6.2-d-1', 'what a recorder kept itself is sent through the media server, behind a link of its own'),
  async () => {
    const recorder = await thing('video-recorder');
    const settings = { mediaUrl: media.url, publicUrl: null, app: 'live', segment: 600, retentionDays: 30 };
    const secret = 'media-secret-1';
    await service.settings.save(actor, undefined, { ...settings, middleSlots: [], uplink: null, secret });
    const [from, to] = [new Date('2026-03-01T08:00:00Z'), new Date('2026-03-01T08:10:00Z')];
    const played = await service.pointing.playback(actor, { recorder: recorder.id, channel }, from, to);
    const opened = media.received.at(-1);
    const link = new URL(played.url);
    expect(link.pathname).toBe(`/rtp/${opened?.stream_id}.live.mp4`);
    const [call] = await deliver();
    expect(call).toMatchObject({
      method: 'playback',
      params: { channel, host: '127.0.0.1', port: 30_002, from: from.getTime(), to: to.getTime() },
    });
    const hook = { app: 'rtp', stream: opened?.stream_id, params: link.search.slice(1) };
    const asked = await platform.http.app.inject({ method: 'POST', url: '/api/v1/video/hooks/play', payload: hook });
    expect(asked.json()).toMatchObject({ code: 0 });
    expect(await journalOf('video.play-recorded')).toMatchObject([{ channel, from: from.toISOString() }]);
    await commands.outbox.answered(recorder.number, call?.request ?? 0, { stream: 'dialogue-1', port: 15_060 });
    expect(await commands.get(actor, played.command)).toMatchObject({
      state: 'acknowledged',
      reply: { stream: 'dialogue-1' },
    });
    await service.pointing.endPlayback(actor, recorder.id, 'dialogue-1');
    expect(await deliver()).toMatchObject([{ method: 'stop', params: { stream: 'dialogue-1' } }]);
  },
);
