import { clause } from '@keystead/kernel/testing';
import { recordingHost } from '@keystead/terminals/testing';
import { afterEach, expect, test, vi } from 'vitest';
import { onvifChannel } from './index.ts';
import type { OnvifDevice, OnvifSettings } from './settings.ts';
import { startWebCamera, type WebCameraForm } from './testing/web-camera.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
const within = { timeout: 10_000, interval: 20 };

async function camera(form: Partial<WebCameraForm> = {}) {
  const started = await startWebCamera({ user: 'admin', password: 'p&ss"word', by: 'http', ...form });
  ends.push(() => started.stop());
  return started;
}

async function open(devices: Record<string, OnvifDevice>, settings: OnvifSettings = {}) {
  const host = recordingHost();
  const setup = {
    name: 'cams',
    settings: { timeout: 1_000, every: 200, ...settings },
    devices: Object.entries(devices).map(([name, at]) => ({ name, at })),
  };
  const channel = await onvifChannel.open(setup, host);
  ends.push(() => channel.close());
  const sets = () => host.uplinks.flatMap((one) => (one.kind === 'attributes' ? one.sets : []));
  const presence = () =>
    host.uplinks.flatMap(({ kind }) => (kind === 'connect' || kind === 'disconnect' ? [kind] : []));
  return { host, channel, sets, presence };
}
const login = { user: 'admin', password: 'p&ss"word' };

test.each([
  ['a challenge of HTTP', 'http', 0],
  ['a signature in the message, by a clock ten hours ahead', 'message', 36_000_000],
] as const)('%s: the camera is described, its streams are told', async (_name, by, ahead) => {
  const { url } = await camera({ by, ahead });
  const { channel, sets, host } = await open({ gate: { url, ...login } });
  const profiles = [
    { token: 'Profile_1', name: 'main', encoding: 'H264', width: 1920, height: 1080 },
    { token: 'Profile_2', name: 'sub', encoding: 'JPEG', width: 640, height: 360 },
  ];
  await vi.waitFor(
    () =>
      expect(sets()).toEqual([
        {
          device: 'gate',
          values: {
            ...{ manufacturer: 'Acme & Söhne', model: 'C-1', firmware: '5.7.3', serial: '0012345' },
            ...{ profiles, clockAhead: ahead / 60_000 },
          },
        },
      ]),
    within,
  );
  expect(await channel.call('gate', 'profiles', {}, 2_000)).toEqual({ profiles });
  expect(await channel.call('gate', 'streamUri', { profile: 'Profile_2' }, 2_000)).toEqual({
    profile: 'Profile_2',
    uri: 'rtsp://10.0.0.9:554/Profile_2?a=1&b=2',
  });
  expect(await channel.call('gate', 'streamUri', {}, 2_000)).toMatchObject({ profile: 'Profile_1' });
  expect(await channel.call('gate', 'snapshotUri', {}, 2_000)).toMatchObject({ uri: 'http://10.0.0.9/snap.jpg' });
  await expect(channel.call('gate', 'explode', {}, 500)).rejects.toMatchObject({ type: 'method-unknown' });
  expect(host.refused).toEqual([]);
});

test.each(['http', 'message'] as const)('a wrong password is told as such (%s)', async (by) => {
  const { url } = await camera({ by });
  const { channel, host } = await open({ gate: { url, user: 'admin', password: 'guess' } });
  await expect(channel.call('gate', 'profiles', {}, 2_000)).rejects.toMatchObject({ type: 'credential-unknown' });
  await vi.waitFor(() => expect(host.refusedLines).toContain('device-refused: credential-unknown'), within);
});

test('a camera that names another host for its media is asked on its own', async () => {
  const other = await camera();
  const { url, asked } = await camera({ elsewhere: new URL(other.url).origin });
  const { channel } = await open({ gate: { url, ...login } });
  expect(await channel.call('gate', 'streamUri', {}, 2_000)).toMatchObject({ profile: 'Profile_1' });
  expect(asked).toContain('GetProfiles /onvif/Media');
  expect(other.asked).toEqual([]);
});

test(clause('I-7.1-d', 'a camera that goes away is gone, and found again when it is back'), async () => {
  const { url, stop } = await camera();
  const { channel, presence, host } = await open({ gate: { url, ...login } });
  await vi.waitFor(() => expect(presence()).toEqual(['connect']), within);
  expect(host.readings[0]).toMatchObject({ device: 'gate', values: { latency: expect.any(Number) } });
  await stop();
  await vi.waitFor(() => expect(presence()).toEqual(['connect', 'disconnect']), within);
  expect(channel.links().get('gate')?.state).toBe('down');
  await camera({ at: Number(new URL(url).port) });
  await vi.waitFor(() => expect(presence()).toEqual(['connect', 'disconnect', 'connect']), within);
  expect(channel.links().get('gate')?.state).toBe('up');
});

test('who answers a probe and is not configured is a candidate', async () => {
  const known = await camera();
  const stranger = await camera();
  const settings = { look: { host: '127.0.0.1', port: stranger.port, every: 1_000 } };
  const { sets } = await open({ gate: { url: known.url, ...login } }, settings);
  await vi.waitFor(
    () =>
      expect(sets()).toContainEqual({
        values: {
          'candidates.cams': [
            {
              title: 'Gate east',
              at: { url: stranger.url },
              about: { hardware: 'C-1', location: 'country/china', endpoint: 'urn:uuid:a1b2' },
            },
          ],
        },
      }),
    within,
  );
});
