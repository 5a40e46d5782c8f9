import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { movableClock } from '@keystead/kernel/base';
import { clause } from '@keystead/kernel/testing';
import type { DeviceMemory } from '@keystead/terminals/port';
import { recordingHost } from '@keystead/terminals/testing';
import { afterEach, expect, test } from 'vitest';
import { CameraChannel } from './channel.ts';
import { readKeptWatch } from './watch/kept-watch.ts';
import { court, type Shot, seeded, shoot } from './watch/scene-fixture.ts';

const open: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const end of open.splice(0).reverse()) await end();
});

const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const password = 'see-all-1';

/** A camera of another maker: it wants a digest with `auth`, and tells what it was shown. */
async function cameraShowing(next: () => Shot | undefined) {
  const [place, random] = [court(2), seeded(9)];
  const asked: string[] = [];
  const proven = ({ headers, url = '', method = '' }: IncomingMessage): boolean => {
    const given = headers.authorization ?? '';
    const of = (name: string) => new RegExp(`${name}="?([^",]+)`).exec(given)?.[1] ?? '';
    const [first, second] = [md5(`admin:cam:${password}`), md5(`${method}:${url}`)];
    return of('response') === md5(`${first}:n1:${of('nc')}:${of('cnonce')}:auth:${second}`);
  };
  const server = createServer((request, answer) => {
    asked.push(request.headers.authorization ?? '');
    if (!proven(request))
      return void answer
        .writeHead(401, { 'www-authenticate': ['Basic realm="cam"', 'Digest realm="cam", nonce="n1", qop="auth"'] })
        .end();
    const shot = next();
    if (!shot) return void request.socket.destroy();
    answer.writeHead(200, { 'content-type': 'image/jpeg' }).end(shoot(place, random, shot));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  open.push(() => new Promise((done) => server.close(done)));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/snap?channel=1`, asked };
}

/** What a channel keeps, in the test's hands. */
const memoryIn = (kept: Map<string, Uint8Array>): DeviceMemory => ({
  read: async (device, name) => kept.get(`${device} ${name}`),
  write: async (device, name, bytes) => {
    if (bytes) kept.set(`${device} ${name}`, bytes);
    else kept.delete(`${device} ${name}`);
  },
});

function watching(
  url: string,
  more: { password?: string; takes?: () => boolean; memory?: Map<string, Uint8Array> } = {},
) {
  const clock = movableClock('2026-06-01T01:00:00Z');
  const host = recordingHost(clock);
  host.before = async () => {
    if (more.takes?.() === false) throw new Error('no room');
  };
  const memory = more.memory && memoryIn(more.memory);
  const at = { url, user: 'admin', password: more.password ?? password };
  const channel = new CameraChannel(
    { name: 'yard', settings: {}, devices: [{ name: 'CAM', at }] },
    { ...host, ...(memory && { memory }) },
  );
  open.push(() => channel.close());
  const events = () => host.uplinks.flatMap((each) => (each.kind === 'occurrences' ? each.occurrences : []));
  /** One look each two seconds of the clock. */
  const look = async (times: number) => {
    for (let n = 0; n < times; n++) {
      await channel.look();
      clock.pass(2);
    }
  };
  return { channel, clock, taken: host.uplinks, refused: host.refused, events, look };
}

test(clause(
  'H-6.2-b-1',
  'H-7.2-a-1',
  'a camera signed in by digest is watched, and a fault is an event within a minute',
), async () => {
  let shot: Shot | undefined = {};
  const { url, asked } = await cameraShowing(() => shot);
  const { clock, events, look, taken, channel } = watching(url);
  await look(12);
  expect(asked.every((each) => !each.startsWith('Basic'))).toBe(true);
  expect(events()).toEqual([]);
  expect(taken).toContainEqual(expect.objectContaining({ kind: 'readings' }));
  for (const [next, name] of [
    [{ light: () => 5, noise: 1 }, 'videoSignalLost'],
    [{ right: 130 }, 'videoRotated'],
    [{ light: (level: number, x: number) => 24 + 20 * x + level * 0.02 }, 'videoCovered'],
  ] as const) {
    shot = next;
    const began = clock.now().getTime();
    await look(14);
    const event = events().findLast((each) => each.event === name);
    expect(event, name).toBeDefined();
    expect((event?.time ?? 0) / 1000 - began).toBeLessThan(60_000);
    shot = {};
    await look(6);
  }
  expect(events().map(({ event }) => event)).toEqual([
    'videoSignalLost',
    'videoSignalBack',
    'videoRotated',
    'videoViewBack',
    'videoCovered',
    'videoUncovered',
  ]);
  expect(channel.links().get('CAM')).toMatchObject({ state: 'up', lost: 0 });
}, 60_000);

test('silence is signal loss, and what could not be stored is handed over later, once', async () => {
  let there = true;
  let room = true;
  const { url } = await cameraShowing(() => (there ? {} : undefined));
  const { events, look, channel } = watching(url, { takes: () => room });
  await look(9);
  there = room = false;
  await look(10);
  expect(events()).toEqual([]);
  room = true;
  await look(2);
  expect(events()).toMatchObject([{ device: 'CAM', event: 'videoSignalLost', data: { reason: 'no-answer' } }]);
  await expect(channel.call('CAM', 'status')).resolves.toEqual({ fault: 'lost', learnt: true });
}, 30_000);

test('a wrong password is refused once, and who turned the camera on purpose says so', async () => {
  let shot: Shot = {};
  const { url } = await cameraShowing(() => shot);
  const wrong = watching(url, { password: 'guess-all-1' });
  await wrong.look(3);
  expect(wrong.refused.map(({ type }) => type)).toEqual(['credential-unknown']);
  const { events, look, channel } = watching(url);
  await look(9);
  shot = { right: 130 };
  await look(10);
  await expect(channel.call('CAM', 'learnView')).resolves.toEqual({ learning: true });
  await look(12);
  expect(events().map(({ event }) => event)).toEqual(['videoRotated', 'videoViewBack']);
}, 30_000);

test(clause(
  'H-6.2-b-1',
  'a camera turned or covered while the agent was down is found, and one put right is told as right',
), async () => {
  let shot: Shot = {};
  const { url } = await cameraShowing(() => shot);
  const memory = new Map<string, Uint8Array>();
  const restarted = async () => {
    const one = watching(url, { memory });
    await one.look(14);
    await one.channel.close();
    return one.events().map(({ event }) => event);
  };
  expect(await restarted()).toEqual([]);
  shot = { right: 130 };
  expect(await restarted()).toEqual(['videoRotated']);
  // It was told before the restart, and is not told again.
  expect(await restarted()).toEqual([]);
  shot = {};
  expect(await restarted()).toEqual(['videoViewBack']);
  shot = { light: (level, x) => 24 + 20 * x + level * 0.02 };
  expect(await restarted()).toEqual(['videoCovered']);
  const last = watching(url, { memory });
  await last.channel.call('CAM', 'learnView');
  expect(memory.size).toBe(0);
  // Bytes of another form are no view.
  for (const [name, bytes] of [
    ['form', Uint8Array.of(9, 9)],
    ['empty', new Uint8Array(0)],
  ] as const)
    expect(readKeptWatch(bytes), name).toBeUndefined();
}, 60_000);
