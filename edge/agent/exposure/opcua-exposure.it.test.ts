import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ThingModel } from '@keystead/contracts/thing-model';
import { createLog } from '@keystead/kernel/base';
import { clause } from '@keystead/kernel/testing';
import { AttributeIds, OPCUAClient, UserTokenType } from 'node-opcua-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PreparedDevice } from '../setup/prepared-configuration.ts';
import { OpcuaExposure } from './opcua-exposure.ts';

const name = (zh: string, en: string) => ({ zh, en });
const model: ThingModel = {
  ...{ family: 'pump', version: 1, name: name('泵', 'Pump'), authentication: 'secret', interval: 60, grace: 30 },
  category: { function: 'actuator', domain: 'water', specification: 'standard' },
  properties: [
    { id: 'flow', key: 1, name: name('流量', 'Flow'), type: 'number', unit: 'm3/h' },
    { id: 'running', key: 2, name: name('运行', 'Running'), type: 'boolean' },
    {
      id: 'mode',
      key: 3,
      name: name('模式', 'Mode'),
      type: 'enum',
      values: [{ value: 'auto', name: name('自动', 'Auto') }],
    },
  ].map((property) => ({ ...property, access: 'rw', transferLevel: 1, storeLevel: 1 })) as ThingModel['properties'],
  events: [],
  services: [{ id: 'start', name: name('启动', 'Start'), risk: 'dangerous', deadline: 5 }],
};
const device = (code: string): PreparedDevice => ({ setup: { name: code, at: {}, family: 'pump' }, model, rules: [] });
const wanted = { port: 0, clearText: true, users: [{ name: 'scada', password: 'a-long-enough-word' }] };

let folder: string;
let exposure: OpcuaExposure;
let client: OPCUAClient;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keystead-exposure-'));
  exposure = new OpcuaExposure(folder, createLog('test', 'silent'));
  await exposure.apply(wanted, [device('PUMP-1'), device('PUMP-2')]);
  client = OPCUAClient.create({ endpointMustExist: false, connectionStrategy: { maxRetry: 0 } });
  await client.connect(exposure.endpoint ?? '');
});
afterAll(async () => {
  await client?.disconnect();
  await exposure?.close();
  rmSync(folder, { recursive: true, force: true });
});

const session = (password: string) =>
  client.createSession({ type: UserTokenType.UserName, userName: 'scada', password });
const node = (property: string) => ({ nodeId: `ns=1;s=PUMP-1.${property}`, attributeId: AttributeIds.Value });

test(
  clause('I-5.3.1-c', 'what devices tell the agent is read by an OPC UA client beside it, and not changed'),
  async () => {
    exposure.show('PUMP-1', {
      time: 1_700_000_000_000_000,
      own: true,
      values: { flow: 3.5, running: true, mode: 'auto', other: 1 },
    });
    exposure.show('nobody', { time: 1, own: true, values: { flow: 1 } });
    const open = await session('a-long-enough-word');
    const values = await open.read(['flow', 'running', 'mode'].map(node));
    expect(values.map(({ value }) => value.value)).toEqual([3.5, true, 'auto']);
    expect(values[0]?.sourceTimestamp?.getTime()).toBe(1_700_000_000_000);
    const written = await open.write({ ...node('running'), value: { value: { dataType: 1, value: false } } });
    expect(written.isGood()).toBe(false);
    await open.close();
  },
);

test('who has no right word is not let in, and an unchanged configuration disturbs nobody', async () => {
  await expect(session('another-word-of-it')).rejects.toThrow();
  const { endpoint } = exposure;
  await exposure.apply({ ...wanted }, [device('PUMP-1'), device('PUMP-2')]);
  expect(exposure.endpoint).toBe(endpoint);
});
