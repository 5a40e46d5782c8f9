import { join } from 'node:path';
import { NotAllowed } from '@keystead/contracts/problem';
import { createLog } from '@keystead/kernel/base';
import { clause } from '@keystead/kernel/testing';
import { eventually, recordingHost } from '@keystead/terminals/testing';
import { OPCUACertificateManager } from 'node-opcua-certificate-manager';
import { AttributeIds, MessageSecurityMode, OPCUAClient, SecurityPolicy, UserTokenType } from 'node-opcua-client';
import { afterEach, expect, test } from 'vitest';
import { opcuaChannel } from './channel.ts';
import { type OpcuaServer, startOpcuaServer } from './server/server.ts';
import type { OpcuaServerSettings } from './server/settings.ts';
import type { ExposedThing } from './server/things.ts';
import { stateOf, temporaryFolder } from './testing/scene.ts';
import type { CertificateFace } from './trust-list.ts';

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of ending.splice(0).reverse()) await stop();
});

const pump: ExposedThing = {
  code: 'PUMP-1',
  name: '一号泵',
  properties: [
    { name: 'flow', title: '流量', type: 'number', unit: 'm3/h' },
    { name: 'starts', type: 'integer' },
    { name: 'running', type: 'boolean' },
    { name: 'speed', type: 'integer', writable: true },
  ],
  services: [{ name: 'start', inputs: [{ name: 'speed', type: 'number' }] }],
};

interface Stage {
  server: OpcuaServer;
  folder: string;
  wishes: unknown[];
  strangers: CertificateFace[];
  /** A client of somebody else. */
  client(mode: 'None' | 'SignAndEncrypt'): Promise<OPCUAClient>;
}

async function stage(settings: Partial<OpcuaServerSettings>): Promise<Stage> {
  const { path, remove } = temporaryFolder();
  ending.push(remove);
  const wishes: unknown[] = [];
  const strangers: CertificateFace[] = [];
  const server = await startOpcuaServer({ port: 0, folder: join(path, 'server'), ...settings }, [pump], {
    log: createLog('test', 'silent'),
    admits: async (user, password) => user === 'scada' && password === 'right',
    strangerRefused: (face) => void strangers.push(face),
    write: async (thing, property, value) => {
      if (Number(value) > 3000) throw new NotAllowed();
      wishes.push([thing, property, value]);
      server.show(thing, { values: { [property]: value } });
    },
    call: async (...words) => void wishes.push(words),
  });
  ending.push(() => server.close());
  const client: Stage['client'] = async (mode) => {
    const manager = new OPCUACertificateManager({
      rootFolder: join(path, 'client'),
      automaticallyAcceptUnknownCertificate: true,
      disableFileWatchers: true,
    });
    await manager.initialize();
    const made = OPCUAClient.create({
      applicationName: 'Scada',
      clientCertificateManager: manager,
      endpointMustExist: false,
      connectionStrategy: { maxRetry: 0 },
      securityMode: MessageSecurityMode[mode],
      securityPolicy: mode === 'None' ? SecurityPolicy.None : SecurityPolicy.Basic256Sha256,
    });
    ending.push(async () => {
      await made.disconnect().catch(() => {});
      await manager.dispose();
    });
    return made;
  };
  return { server, folder: path, wishes, strangers, client };
}

const scada = { type: UserTokenType.UserName, userName: 'scada', password: 'right' } as const;
const node = (name: string) => `ns=1;s=PUMP-1.${name}`;

test(
  clause('I-5.3.1-c', 'I-7.1-a', 'things are read, watched, written and called by a client of somebody else'),
  async () => {
    const { server, wishes, client } = await stage({ clearText: true, anonymous: true });
    server.show('PUMP-1', {
      time: 1_700_000_000_000_000,
      values: { flow: 12.5, starts: 7, running: true, speed: 900 },
    });
    const other = await client('None');
    await other.connect(server.endpoint);
    const session = await other.createSession();
    const [flow, starts, running, speed] = await session.read(
      ['flow', 'starts', 'running', 'speed'].map((name) => ({ nodeId: node(name), attributeId: AttributeIds.Value })),
    );
    expect(flow?.value.value).toBe(12.5);
    expect(flow?.sourceTimestamp?.getTime()).toBe(1_700_000_000_000);
    expect(starts?.value.value).toEqual([0, 7]);
    expect(running?.value.value).toBe(true);
    expect(speed?.value.value).toEqual([0, 900]);

    const subscription = await session.createSubscription2({
      requestedPublishingInterval: 50,
      requestedLifetimeCount: 100,
      requestedMaxKeepAliveCount: 10,
      publishingEnabled: true,
    });
    const seen: unknown[] = [];
    const item = await subscription.monitor(
      { nodeId: node('speed'), attributeId: AttributeIds.Value },
      { samplingInterval: 50, queueSize: 10 },
      2,
    );
    item.on('changed', (value) => void seen.push(value.value.value?.[1]));
    await eventually(() => seen.length > 0, 'the first value');
    server.show('PUMP-1', { values: { speed: 950 } });
    await eventually(() => seen.includes(950), 'the new speed');

    const written = { nodeId: node('speed'), attributeId: AttributeIds.Value };
    const int64 = (low: number) => ({ value: { dataType: 8, arrayType: 0, value: [0, low] } });
    expect((await session.write({ ...written, value: int64(1200) })).name).toBe('Good');
    expect(wishes).toEqual([['PUMP-1', 'speed', 1200]]);
    expect((await session.write({ ...written, value: int64(9000) })).name).toBe('BadUserAccessDenied');
    const readOnly = { nodeId: node('running'), attributeId: AttributeIds.Value };
    expect((await session.write({ ...readOnly, value: { value: { dataType: 1, value: false } } })).isGood()).toBe(
      false,
    );

    const called = await session.call({
      objectId: 'ns=1;s=PUMP-1',
      methodId: node('start()'),
      inputArguments: [{ dataType: 11, value: 1450 }],
    });
    expect(called.statusCode.name).toBe('Good');
    expect(wishes.at(-1)).toEqual(['PUMP-1', 'start', { speed: 1450 }]);
    expect(() => server.show('PUMP-2', { values: {} })).toThrow('not-found');
  },
);

test('a value its type does not allow is shown as bad, never bent', async () => {
  const { server, client } = await stage({ clearText: true, anonymous: true });
  server.show('PUMP-1', { values: { flow: 'much' } });
  const other = await client('None');
  await other.connect(server.endpoint);
  const session = await other.createSession();
  const { statusCode } = await session.read({ nodeId: node('flow'), attributeId: AttributeIds.Value });
  expect(statusCode.name).toBe('BadTypeMismatch');
});

test('without clear text only a trusted certificate with a known user comes in', async () => {
  const first = await stage({});
  const naked = await first.client('None');
  // Asking what endpoints there are is open to all by the protocol; a session is not.
  await naked.connect(first.server.endpoint);
  await expect(naked.createSession(scada)).rejects.toThrow();
  await expect(naked.createSession()).rejects.toThrow();
  const stranger = await first.client('SignAndEncrypt');
  await expect(stranger.connect(first.server.endpoint)).rejects.toThrow();
  const face = await eventually(() => first.strangers[0], 'the stranger to be told');
  expect(face.subject).toContain('Scada');
  await first.server.close();

  const trusted = [face.fingerprint];
  const log = createLog('test', 'silent');
  const host = { log, admits: async (user: string, word: string) => user === 'scada' && word === 'right' };
  const nothing = async () => {};
  const again = await startOpcuaServer({ port: 0, folder: join(first.folder, 'server'), trusted }, [pump], {
    ...host,
    write: nothing,
    call: nothing,
  });
  ending.push(() => again.close());
  expect(again.fingerprint).toBe(first.server.fingerprint);
  const known = await first.client('SignAndEncrypt');
  await known.connect(again.endpoint);
  await expect(known.createSession()).rejects.toThrow();
  await expect(known.createSession({ ...scada, password: 'wrong' })).rejects.toThrow();
  const session = await known.createSession(scada);
  expect((await session.read({ nodeId: node('flow'), attributeId: AttributeIds.DisplayName })).value.value.text).toBe(
    '流量',
  );
  expect(again.sessions).toBe(1);
});

test('our client reads our server with both certificates trusted by fingerprint', async () => {
  const { server, folder, strangers } = await stage({ anonymous: false });
  const at = { points: [{ name: 'flow', node: node('flow') }] };
  const settings = {
    endpoint: server.endpoint,
    folder: join(folder, 'ours'),
    trusted: [server.fingerprint],
    user: 'scada',
    password: 'right',
    publishing: 100,
  };
  const host = recordingHost();
  const channel = await opcuaChannel.open({ name: 'ours', settings, devices: [{ name: 'pump', at }] }, host);
  ending.push(() => channel.close());
  // The server does not know our client yet: its fingerprint is told, and the operator lists it.
  const { fingerprint } = await eventually(() => strangers[0], 'our client to be told');
  expect(stateOf(channel.links(), 'pump')).not.toBe('up');
  await server.close();
  const nothing = async () => {};
  const again = await startOpcuaServer(
    { port: server.port, folder: join(folder, 'server'), trusted: [fingerprint] },
    [pump],
    {
      log: host.log,
      admits: async (user, word) => user === 'scada' && word === 'right',
      write: nothing,
      call: nothing,
    },
  );
  ending.push(() => again.close());
  again.show('PUMP-1', { values: { flow: 3.5 } });
  await eventually(() => host.readings.find(({ values }) => values.flow === 3.5), 'the flow');
});
