import { eventually, recordingHost } from '@keystead/terminals/testing';
import { afterEach, expect, test } from 'vitest';
import { snmpChannel } from './channel.ts';
import { run, userKeys } from './testing/peers.ts';

const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of ending.splice(0)) await stop();
});
const own = '1.3.6.1.4.1.8072.9999';

async function open(address = '127.0.0.1') {
  const host = recordingHost();
  const access = { version: 'v2c' as const, community: 'readers' };
  const keeper = {
    version: 'v3' as const,
    user: 'keeper',
    auth: { protocol: 'sha' as const, key: userKeys.auth },
    privacy: { protocol: 'aes' as const, key: userKeys.privacy },
  };
  const names = [{ oid: `${own}.0.5`, event: 'overheated', values: [{ oid: `${own}.9`, name: 'temperature' }] }];
  const traps = { port: 0, communities: ['alarms'], users: [keeper], engineId: '80001f8803aabbccddeeff', names };
  const setup = { name: 'snmp', settings: { traps }, devices: [{ name: 'cabinet', at: { host: address, access } }] };
  const channel = await snmpChannel.open(setup, host);
  ending.push(() => channel.close());
  const occurrences = () => host.uplinks.flatMap((one) => (one.kind === 'occurrences' ? one.occurrences : []));
  return { host, channel, to: `127.0.0.1:${channel.trapPort}`, occurrences };
}

const variable = [`${own}.9.3`, 'i', '85'];
const v3 = [
  '-v3',
  '-u',
  'keeper',
  '-l',
  'authPriv',
  '-a',
  'SHA',
  '-A',
  userKeys.auth,
  '-x',
  'AES',
  '-X',
  userKeys.privacy,
];
const overheated = {
  device: 'cabinet',
  event: 'overheated',
  data: { oid: `${own}.0.5`, values: { 'temperature.3': 85 } },
};

test('snmptrap’s traps and informs become occurrences with configured names, in every version', async () => {
  const { host, to, occurrences } = await open();
  const sends: [command: string, ...args: string[]][] = [
    ['snmptrap', '-v1', '-c', 'alarms', to, own, '', '6', '5', '', ...variable],
    ['snmptrap', '-v2c', '-c', 'alarms', to, '', `${own}.0.5`, ...variable],
    ['snmpinform', '-v2c', '-c', 'alarms', to, '', `${own}.0.5`, ...variable],
    ['snmptrap', ...v3, '-e', '0x8000000001020304', to, '', `${own}.0.5`, ...variable],
    ['snmpinform', ...v3, to, '', `${own}.0.5`, ...variable],
  ];
  for (const [index, [command, ...args]] of sends.entries()) {
    expect(await run(command, ...args)).toEqual({ said: '', status: 0 });
    await eventually(() => occurrences().length === index + 1, args.join(' '));
    expect(occurrences()[index]).toMatchObject(overheated);
  }
  await run('snmptrap', '-v1', '-c', 'alarms', to, own, '', '2', '0', '');
  await run('snmptrap', '-v2c', '-c', 'alarms', to, '', `${own}.0.6`, ...variable);
  await eventually(() => occurrences().length === 7, 'a standard trap and one without a name');
  expect(occurrences().slice(5)).toMatchObject([
    { event: 'linkDown' },
    { event: 'trap', data: { oid: `${own}.0.6`, values: { [`${own}.9.3`]: 85 } } },
  ]);
  expect(host.refused).toEqual([]);
});

test('an inform is acknowledged only after it was kept', async () => {
  const { host, to, occurrences } = await open();
  const inform = () =>
    run('snmpinform', '-v2c', '-c', 'alarms', '-t', '1', '-r', '0', to, '', `${own}.0.5`, ...variable);
  host.before = () => Promise.reject(new Error('no room'));
  expect((await inform()).status).not.toBe(0);
  expect(host.refused).toEqual([{ type: 'commit-failed', device: 'cabinet' }]);
  host.before = async () => undefined;
  expect((await inform()).status).toBe(0);
  expect(occurrences()).toHaveLength(1);
});

test('strangers, wrong words and noise are refused and counted', async () => {
  const { host, to, occurrences, channel } = await open();
  await run('snmptrap', '-v2c', '-c', 'wrong', to, '', `${own}.0.5`);
  await eventually(() => host.refused.length === 1, 'the wrong community');
  const wrongKey = v3.map((word) => (word === userKeys.auth ? 'another-key-of-it' : word));
  await run('snmptrap', ...wrongKey, '-e', '0x8000000001020304', to, '', `${own}.0.5`);
  await eventually(() => host.refused.length === 2, 'the wrong key');
  const { createSocket } = await import('node:dgram');
  const socket = createSocket('udp4');
  ending.push(() => new Promise((done) => void socket.close(() => done())));
  for (let n = 0; n < 200; n++) {
    const noise = Uint8Array.from({ length: n % 60 }, (_, index) =>
      index < 2 ? (index ? n % 60 : 0x30) : (n * 31 + index * 17) & 0xff,
    );
    socket.send(noise, channel.trapPort, '127.0.0.1');
  }
  await run('snmptrap', '-v2c', '-c', 'alarms', to, '', `${own}.0.5`, ...variable);
  await eventually(() => occurrences().length === 1, 'a good trap after the noise');
  expect(host.refused.slice(0, 2).map(({ type }) => type)).toEqual(['credential-unknown', 'credential-unknown']);
  const other = await open('192.0.2.7');
  await run('snmptrap', '-v2c', '-c', 'alarms', other.to, '', `${own}.0.5`);
  await eventually(() => other.host.refused.length === 1, 'an address nobody configured');
  expect(other.host.refused).toMatchObject([{ type: 'device-not-listed' }]);
});
