import { eventually, recordingHost } from '@keystead/terminals/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { snmpChannel } from './channel.ts';
import type { SnmpAccess } from './settings.ts';
import { type Agent, startAgent, userKeys } from './testing/peers.ts';

let agent: Agent;
beforeAll(async () => {
  agent = await startAgent();
});
afterAll(() => agent.stop());
const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of ending.splice(0)) await stop();
});

const own = '1.3.6.1.4.1.8072.9999';
const keeper: SnmpAccess = {
  version: 'v3',
  user: 'keeper',
  auth: { protocol: 'sha', key: userKeys.auth },
  privacy: { protocol: 'aes', key: userKeys.privacy },
};

async function open(access: SnmpAccess, port = agent.port) {
  const host = recordingHost();
  const at = {
    host: '127.0.0.1',
    port,
    access,
    every: 300,
    points: [
      { name: 'description', oid: '1.3.6.1.2.1.1.1.0' },
      { name: 'identity', oid: '1.3.6.1.2.1.1.2.0' },
      { name: 'running', oid: '1.3.6.1.2.1.1.3.0', scale: 0.01 },
      {
        name: 'mode',
        oid: `${own}.1.0`,
        labels: { '7': 'cooling', '8': 'drying' },
        writable: 'Integer' as const,
        min: 0,
      },
      { name: 'label', oid: `${own}.2.0`, writable: 'OctetString' as const },
      { name: 'address', oid: `${own}.4.0`, form: 'hex' as const },
      { name: 'absent', oid: `${own}.77.0` },
      { name: 'packets', oid: '1.3.6.1.2.1.11.1.0', continuous: true },
    ],
    tables: [
      {
        rowNames: '1.3.6.1.2.1.2.2.1.2',
        columns: [
          { name: 'status', oid: '1.3.6.1.2.1.2.2.1.8', labels: { '1': 'up', '2': 'down' } },
          { name: 'in', oid: '1.3.6.1.2.1.2.2.1.10' },
          { name: 'wideIn', oid: '1.3.6.1.2.1.31.1.1.1.6' },
        ],
      },
    ],
  };
  const settings = { timeout: 1000, retries: 1 };
  const channel = await snmpChannel.open({ name: 'snmp', settings, devices: [{ name: 'cabinet', at }] }, host);
  ending.push(() => channel.close());
  const readings = () => host.uplinks.flatMap((one) => (one.kind === 'readings' ? one.readings : []));
  return { host, channel, readings };
}

test.for<[string, SnmpAccess]>([
  ['v1', { version: 'v1', community: 'writers' }],
  ['v2c', { version: 'v2c', community: 'writers' }],
  ['v3', keeper],
])('snmpd is read, its tables walked, and written, in %s', async ([version, access]) => {
  const { host, channel, readings } = await open(access);
  const { values } = await eventually(() => readings()[1], 'two turns');
  expect(values).toMatchObject({
    description: 'cabinet one',
    label: 'kiln',
    mode: 'cooling',
    address: 'de:ad:be:00:ef:01',
    'status.lo': 'up',
  });
  expect(values.identity).toMatch(/^1\.3\.6\.1\.4\.1\.8072\./);
  for (const name of ['running', 'packets', 'in.lo']) expect(values[name]).toBeTypeOf('number');
  // The first version has no numbers of 64 bits.
  expect(typeof values['wideIn.lo']).toBe(version === 'v1' ? 'undefined' : 'number');
  expect(host.refused).toMatchObject([{ type: 'device-refused', device: 'cabinet' }]);
  expect(await channel.call('cabinet', 'write', { point: 'mode', value: 'drying' }, 5_000)).toEqual({
    point: 'mode',
    value: 'drying',
    readBack: 'drying',
    verified: true,
  });
  await channel.call('cabinet', 'write', { point: 'mode', value: 7 }, 5_000);
  expect(await channel.call('cabinet', 'read', { point: 'mode' }, 5_000)).toEqual({ point: 'mode', value: 'cooling' });
  await expect(channel.call('cabinet', 'write', { point: 'mode', value: -1 }, 5_000)).rejects.toMatchObject({
    type: 'input-invalid',
  });
  expect(channel.links().get('cabinet')).toMatchObject({ state: 'up', lost: 0 });
});

test('who may only read is told so; wrong keys and silence are told apart', async () => {
  const reader = await open({ version: 'v2c', community: 'readers' });
  await expect(reader.channel.call('cabinet', 'write', { point: 'label', value: 'x' }, 5_000)).rejects.toMatchObject({
    type: 'device-refused',
  });
  const wrong = await open({ ...keeper, auth: { protocol: 'sha', key: 'another-key-of-it' } } as SnmpAccess);
  await expect(wrong.channel.call('cabinet', 'read', { point: 'label' }, 5_000)).rejects.toMatchObject({
    type: 'device-refused',
  });
  const silent = await open({ version: 'v2c', community: 'nobody' });
  await expect(silent.channel.call('cabinet', 'read', { point: 'label' }, 10_000)).rejects.toMatchObject({
    type: 'device-silent',
  });
  expect(silent.readings()).toEqual([]);
  await expect(silent.channel.call('cabinet', 'restart', {}, 100)).rejects.toMatchObject({ type: 'method-unknown' });
});
