import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog, systemClock } from '@keystead/kernel/base';
import { clause } from '@keystead/kernel/testing';
import { type Bank, type ModbusServer, memoryBank, startModbusServer } from '@keystead/terminals/modbus';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Agent, openAgent } from '../agent.ts';
import { Spool, spoolLimits } from '../spool/spool.ts';

const log = createLog('line-change', 'silent');
const settings = (port: number) => ({ transport: 'tcp', host: '127.0.0.1', port, timeout: 200, retries: 0 });
let data: string;
/** How often either way was asked. */
let asked: [own: number, other: number];
let servers: ModbusServer[];
let agent: Agent | undefined;

/** A PLC as one of two ways shows it: by its first register it tells over which it is asked. */
function plcBy(way: 0 | 1): Bank {
  const bank = memoryBank();
  bank.write('holding', 0, [way + 1]);
  const read: Bank['read'] = (...given) => {
    asked[way]++;
    return bank.read(...given);
  };
  return { ...bank, read };
}

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'keystead-line-'));
  asked = [0, 0];
  servers = await Promise.all(([0, 1] as const).map((way) => startModbusServer({ units: new Map([[1, plcBy(way)]]) })));
  const [own, other] = servers.map(({ port }) => settings(port));
  const points = [{ name: 'way', area: 'holding', address: 0 }];
  const plc = { name: 'PLC-1', at: { unit: 1, every: 200, points } };
  const channel = { name: 'bus', protocol: 'modbus', settings: own, alternatives: [other], devices: [plc] };
  const file = join(data, 'configuration.json');
  writeFileSync(file, JSON.stringify({ version: 1, channels: [channel] }));
  const way = { endpoints: [], trust: {}, token: '' };
  agent = await openAgent({ ...way, data: join(data, 'agent'), log, configurationFile: file });
});
afterEach(async () => {
  await agent?.close();
  await Promise.all(servers.map((server) => server.close()));
  rmSync(data, { recursive: true, force: true });
});

/** What the agent has written, once it is closed. */
async function written(level: 1 | 2): Promise<string[]> {
  await agent?.close();
  agent = undefined;
  const spool = await Spool.open(join(data, 'agent', 'spool'), spoolLimits, systemClock, log);
  const found: string[] = [];
  for (let from = 1; ; ) {
    const piece = await spool.read(level, from, spool.next(level), 64_000);
    if (piece === undefined) break;
    found.push(...piece.records.map(String));
    from = piece.to + 1;
  }
  await spool.close();
  return found;
}

test(clause(
  'I-5.3.2-2',
  'a line whose own way is dead is read over its other one within ten seconds, and this is told',
), async () => {
  await expect.poll(() => asked[0], { timeout: 5_000 }).toBeGreaterThan(2);
  await servers[0]?.close();
  const began = performance.now();
  await expect.poll(() => asked[1], { timeout: 15_000 }).toBeGreaterThan(2);
  expect(performance.now() - began).toBeLessThan(10_000);
  const values = await written(1);
  expect(values.some((text) => text.includes('"way":1')) && values.some((text) => text.includes('"way":2'))).toBe(true);
  const told = await written(2);
  const changes = told.filter((text) => text.includes('line-switched'));
  expect(changes).toHaveLength(1);
  expect(changes[0]).toContain('"channel":"bus","from":0,"to":1,"reason":"down"');
  expect(told.some((text) => text.includes('link-broken'))).toBe(true);
}, 40_000);
