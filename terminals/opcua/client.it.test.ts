import { join } from 'node:path';
import { clause } from '@keystead/kernel/testing';
import type { Channel } from '@keystead/terminals/port';
import { eventually, type RecordingHost, recordingHost } from '@keystead/terminals/testing';
import { afterEach, expect, test } from 'vitest';
import { opcuaChannel } from './channel.ts';
import type { OpcuaDevice } from './device.ts';
import type { OpcuaSettings } from './settings.ts';
import { type PlainServer, startPlainServer, stateOf, temporaryFolder } from './testing/scene.ts';

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of ending.splice(0).reverse()) await stop();
});

const boiler: OpcuaDevice = {
  points: [
    { name: 'temperature', node: 'ns=1;s=Boiler.Temperature' },
    { name: 'setpoint', node: 'ns=1;s=Boiler.SetPoint', writable: true, min: 20, max: 95 },
    { name: 'running', node: 'ns=1;s=Boiler.Running', writable: true },
    { name: 'starts', node: 'ns=1;s=Boiler.Starts', writable: true },
    { name: 'pressure', node: 'ns=1;s=Boiler.Pressure' },
    { name: 'nothing', node: 'ns=1;s=Boiler.Nothing' },
  ],
  methods: [{ name: 'add', object: 'ns=1;s=Boiler', method: 'ns=1;s=Boiler.Add' }],
};

interface Scene {
  server: PlainServer;
  folder: string;
  open(settings?: Partial<OpcuaSettings>, at?: OpcuaDevice): Promise<{ channel: Channel; host: RecordingHost }>;
}

async function scene(): Promise<Scene> {
  const { path, remove } = temporaryFolder();
  ending.push(remove);
  const server = await startPlainServer(join(path, 'server'));
  ending.push(() => server.kill());
  const open: Scene['open'] = async (settings = {}, at = boiler) => {
    const host = recordingHost();
    const whole = {
      endpoint: server.endpoint,
      folder: join(path, 'client'),
      publishing: 100,
      timeout: 2000,
      ...settings,
    };
    const channel = await opcuaChannel.open({ name: 'dcs', settings: whole, devices: [{ name: 'boiler', at }] }, host);
    ending.push(() => channel.close());
    return { channel, host };
  };
  return { server, folder: path, open };
}

const clear = { securityMode: 'None', securityPolicy: 'None' } as const;
const up = (channel: Channel) => eventually(() => stateOf(channel.links(), 'boiler') === 'up', 'the boiler up');

test(
  clause(
    'I-5.3.1-c',
    'I-7.1-a',
    'I-6.4-c-3',
    'I-6.4-c-5',
    'values of an independent OPC UA server come with their own time',
  ),
  async () => {
    const { open } = await scene();
    const { channel, host } = await open(clear);
    await up(channel);
    const temperatures = () =>
      host.readings.filter(({ device, values }) => device === 'boiler' && 'temperature' in values);
    const seen = await eventually(() => temperatures().length >= 5 && temperatures(), 'five temperatures');
    const values = seen.map((reading) => Number(reading.values.temperature));
    expect(values).toEqual(values.toSorted((a, b) => a - b));
    const times = seen.map(({ time }) => time ?? 0);
    expect(new Set(times).size).toBe(times.length);
    expect(Math.abs((times.at(-1) ?? 0) / 1000 - Date.now())).toBeLessThan(10_000);
    const all = Object.assign({}, ...host.readings.map((reading) => reading.values));
    expect(all).toMatchObject({ setpoint: 60, running: false, starts: 41 });
    expect(all).not.toHaveProperty('pressure');
    expect(host.refused).toContainEqual({
      type: 'device-refused',
      detail: 'BadSensorFailure',
      pointer: '/pressure',
      device: 'boiler',
    });
    expect(host.refused).toContainEqual({
      type: 'device-refused',
      detail: 'BadNodeIdUnknown',
      pointer: '/nothing',
      device: 'boiler',
    });
  },
);

test(
  clause('I-5.3.1-c', 'I-7.1-a', 'writing is held to its limits, read back, and methods answer by name'),
  async () => {
    const { open } = await scene();
    const { channel } = await open(clear);
    await up(channel);
    const call = (method: string, params: unknown) => channel.call('boiler', method, params, 5000);
    expect(await call('write', { point: 'setpoint', value: 72.4 })).toEqual({
      point: 'setpoint',
      value: 72.4,
      readBack: 72.4,
      verified: true,
    });
    expect(await call('write', { point: 'running', value: true })).toMatchObject({ verified: true });
    expect(await call('write', { point: 'starts', value: 2 ** 40 })).toMatchObject({ readBack: 2 ** 40 });
    expect(await call('read', { point: 'running' })).toEqual({ point: 'running', value: true });
    expect(await call('add', { a: 1.5, b: 2 })).toEqual({ outputs: { sum: 3.5 } });
    for (const [method, params, problem] of [
      ['write', { point: 'setpoint', value: 96 }, { type: 'input-invalid', errors: [{ code: 'above-max' }] }],
      ['write', { point: 'setpoint', value: 'hot' }, { type: 'input-invalid', errors: [{ code: 'wrong-type' }] }],
      ['write', { point: 'temperature', value: 1 }, { type: 'input-invalid', errors: [{ code: 'not-writable' }] }],
      ['add', { a: 1 }, { type: 'input-invalid', errors: [{ pointer: '/b' }] }],
      ['add', { a: 999, b: 2 }, { type: 'device-refused', data: { detail: 'BadOutOfRange' } }],
      ['read', { point: 'pressure' }, { type: 'device-refused', data: { detail: 'BadSensorFailure' } }],
      ['read', { point: 'x' }, { type: 'property-unknown' }],
      ['explode', {}, { type: 'method-unknown' }],
    ] as const)
      await expect(call(method, params), `${method} ${JSON.stringify(params)}`).rejects.toMatchObject(problem);
  },
);

test(clause('I-7.1-a', 'the address space can be browsed'), async () => {
  const { open } = await scene();
  const { channel } = await open(clear);
  await up(channel);
  const objects = await channel.call('boiler', 'browse', {}, 5000);
  expect(objects).toMatchObject({ more: false });
  expect(objects).toHaveProperty('nodes', expect.arrayContaining([expect.objectContaining({ node: 'ns=1;s=Boiler' })]));
  const below = await channel.call('boiler', 'browse', { node: 'ns=1;s=Boiler' }, 5000);
  const names = (below as { nodes: { name: string; kind: string }[] }).nodes.map(({ name, kind }) => `${kind} ${name}`);
  expect(names).toEqual(expect.arrayContaining(['Variable Temperature', 'Method Add']));
  await expect(channel.call('boiler', 'browse', { node: 'ns=1;s=No' }, 5000)).rejects.toMatchObject({
    type: 'device-refused',
  });
});

test('a server whose certificate is not trusted is refused with its fingerprint, and let in when that is listed', async () => {
  const { open } = await scene();
  const stranger = await open();
  const refused = await eventually(
    () => stranger.host.refused.find(({ type }) => type === 'certificate-untrusted'),
    'the refusal',
  );
  const fingerprint = /^([0-9A-F]{2}:){31}[0-9A-F]{2}/.exec(refused.detail ?? '')?.[0] ?? '';
  expect(fingerprint).toHaveLength(95);
  await eventually(() => stateOf(stranger.channel.links(), 'boiler') === 'down', 'the refusal to be shown');
  await expect(stranger.channel.call('boiler', 'read', { point: 'running' }, 3000)).rejects.toMatchObject({
    type: 'certificate-untrusted',
    data: { fingerprint },
  });
  expect(stranger.host.readings).toEqual([]);
  await stranger.channel.close();

  const wrong = await open({ trusted: [fingerprint], user: 'operator', password: 'guess' });
  await eventually(() => stateOf(wrong.channel.links(), 'boiler') === 'down', 'the wrong password to be turned away');
  await expect(wrong.channel.call('boiler', 'read', { point: 'running' }, 3000)).rejects.toMatchObject({
    type: 'device-refused',
    data: { detail: expect.stringMatching(/BadUserAccessDenied|BadIdentityTokenRejected/) },
  });
  await wrong.channel.close();

  const known = await open({ trusted: [fingerprint], user: 'operator', password: 'boiler-9' });
  await up(known.channel);
  expect(await known.channel.call('boiler', 'write', { point: 'running', value: true }, 5000)).toMatchObject({
    verified: true,
  });
});

test(clause('I-7.1-d', 'a server that is restarted is read again within 10 s, its absence is shown'), async () => {
  const { server, folder, open } = await scene();
  const { channel, host } = await open(clear);
  await up(channel);
  await server.kill();
  await eventually(() => stateOf(channel.links(), 'boiler') === 'down', 'the break to be seen', 10_000);
  await expect(channel.call('boiler', 'read', { point: 'running' }, 1000)).rejects.toMatchObject({
    type: 'device-silent',
  });
  const again = await startPlainServer(join(folder, 'server'), server.port);
  ending.push(() => again.kill());
  const back = performance.now();
  const before = host.readings.length;
  await eventually(() => host.readings.slice(before).some(({ values }) => 'temperature' in values), 'new values');
  await up(channel);
  expect(performance.now() - back).toBeLessThan(10_000);
  expect(channel.links().get('boiler')?.breaks).toBe(1);
});

test(clause('I-7.1-d', 'a server that hangs while its connection stays open is seen within 10 s'), async () => {
  const { server, open } = await scene();
  const { channel } = await open(clear);
  await up(channel);
  server.freeze();
  await eventually(() => stateOf(channel.links(), 'boiler') === 'down', 'the silence to be seen', 10_000);
  server.thaw();
  await eventually(() => stateOf(channel.links(), 'boiler') === 'up', 'the server to be back', 10_000);
});

test('a password is never sent without encryption', async () => {
  const { open } = await scene();
  await expect(open({ ...clear, user: 'operator', password: 'boiler-9' })).rejects.toMatchObject({
    type: 'input-invalid',
    errors: [{ code: 'password-in-clear-text' }],
  });
});
