import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SequenceRanges } from '@keystead/contracts/agent';
import { createLog } from '@keystead/kernel/base';
import { ensureCertificate } from '@keystead/kernel/security/tls';
import { clause } from '@keystead/kernel/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openGateway } from './gateway.ts';
import { AgentProcess } from './testing/agent-process.ts';
import { FaultyLine } from './testing/faulty-line.ts';
import { sensor } from './testing/models.ts';
import { openTestGateway, type TestGateway } from './testing/open.ts';
import { eventually } from './testing/raw-mqtt.ts';

const agentThing = 1;
const devices = 20;
const name = (n: number) => `S-${n}`;
const agentModel = {
  ...sensor,
  family: 'test-agent',
  category: { ...sensor.category, function: 'gateway' },
  events: ['alarm', 'response-done', 'response-failed', 'link-switched', 'configuration-applied'].map((id) => ({
    id,
    name: { zh: id, en: id },
    transferLevel: 3 as const,
    storeLevel: 1 as const,
  })),
};
let open: TestGateway;
let line: FaultyLine;
let agent: AgentProcess;

beforeEach(async () => {
  open = await openTestGateway();
  open.memory.list({ kind: 'token', token: 'agent' }, agentThing, agentModel, true);
  for (let n = 1; n <= devices; n++) open.memory.listBehind(agentThing, name(n), 100 + n, sensor);
  open.memory.methods.set('getCurrentTime', () => ({ time: Date.now() }));
  line = await new FaultyLine(open.mqttPort).listen();
  agent = new AgentProcess();
});

afterEach(async () => {
  await agent.discard();
  await line.close();
  await open.gateway.close();
});

const through = (...lines: FaultyLine[]) => lines.map(({ port }) => `mqtt://127.0.0.1:${port}`);
const wave = { middle: 20, swing: 5, minutes: 60 };

/** The past of a number of hours, one reading a device and minute, and nothing after it. */
const past = (hours: number, more: object = {}) => ({
  version: 1,
  channels: [
    {
      name: 'past',
      protocol: 'trial',
      settings: { interval: 60, past: hours * 3600, once: true, ...more },
      devices: Array.from({ length: devices }, (_, n) => ({
        name: name(n + 1),
        at: { values: { temperature: wave, humidity: { ...wave, middle: 50 } } },
      })),
    },
  ],
});

const ofDevices = () => open.memory.messages.filter(({ thing }) => thing > 100);
const distinct = () => new Set(ofDevices().map(({ thing, time }) => `${thing} ${time}`)).size;
const isPlayed = () => agent.log.includes('past played');

test(clause(
  'H-7.2-b-1',
  'H-7.2-b-2',
  'H-6.1-2',
  'a day without the line, killed while catching up: nothing lost, nothing doubled',
), async () => {
  const total = 24 * 60 * devices;
  line.cut();
  await agent.start({ platforms: through(line), configuration: past(24) });
  await eventually(isPlayed, 60_000);
  expect(ofDevices()).toHaveLength(0);
  line.mend();
  // In the middle of it, three times, without a word.
  for (const share of [0.15, 0.4, 0.7]) {
    await eventually(() => ofDevices().length > total * share, 30_000);
    await agent.kill();
    rmSync(join(agent.folder, 'data', 'configuration.json'));
    await agent.start({ platforms: through(line), configuration: { version: 2 } });
  }
  await eventually(() => distinct() >= total, 60_000);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(distinct()).toBe(total);
  expect(ofDevices()).toHaveLength(total);
  const ranges = new SequenceRanges(
    open.memory.ranges.filter(({ level }) => level === 1).map(({ from, to }) => [from, to]),
  );
  expect(ranges.missing(1, total)).toEqual([]);
  expect(open.memory.ranges.flatMap(({ dropped }) => dropped)).toEqual([]);
}, 180_000);

test(clause(
  'H-7.3-0-2',
  'I-5.3.2-2',
  'I-6.1.2-e',
  'a line that falls silent is left for the other within ten seconds',
), async () => {
  const other = await new FaultyLine(open.mqttPort).listen();
  try {
    const configuration = { ...past(0, { once: false, interval: 0.2 }), version: 1 };
    await agent.start({ platforms: through(line, other), configuration });
    await eventually(() => ofDevices().length > 100, 10_000);
    line.hang();
    const began = Date.now();
    const before = ofDevices().length;
    await eventually(() => other.connections > 0 && ofDevices().length > before + 100, 15_000);
    expect(Date.now() - began).toBeLessThan(10_000);
    await eventually(() => open.memory.events.some(({ event }) => event === 'link-switched'), 5_000);
    expect(distinct()).toBe(ofDevices().length);
  } finally {
    await other.close();
  }
}, 60_000);

test(clause(
  'I-5.3.2-2',
  'H-7.3-0-2',
  'the primary line is used again when it has proven itself, not while it only pretends; nothing is lost or doubled',
), async () => {
  const other = await new FaultyLine(open.mqttPort).listen();
  const changes = () =>
    open.memory.events
      .filter(({ event }) => event === 'link-switched')
      .map(({ data }) => (data as { reason: string }).reason);
  try {
    const configuration = { ...past(0, { once: false, interval: 0.2 }), version: 1 };
    await agent.start({ platforms: through(line, other), configuration, more: ['--return-after', '2'] });
    await eventually(() => ofDevices().length > 100, 10_000);
    line.cut();
    await eventually(() => changes().length === 1, 10_000);
    expect(changes()).toEqual(['lost']);
    // It accepts, and nothing comes back: no reason to return.
    line.mend();
    line.hang();
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    expect(changes()).toEqual(['lost']);
    line.reset();
    line.mend();
    await eventually(() => changes().length === 2, 15_000);
    expect(changes()).toEqual(['lost', 'proven']);
    const before = line.bytes;
    await eventually(() => line.bytes > before + 2_000, 5_000);
    expect(distinct()).toBe(ofDevices().length);
    expect(open.memory.findings).toEqual([]);
  } finally {
    await other.close();
  }
}, 60_000);

test(clause(
  'H-5-5',
  'over a line that is slow and breaks all the time nothing acknowledged is lost, nothing comes twice',
), async () => {
  const total = 4 * 60 * devices;
  line.delay = 20;
  line.cut();
  await agent.start({ platforms: through(line), configuration: past(4) });
  await eventually(isPlayed, 30_000);
  line.mend();
  for (let n = 0; n < 12; n++) {
    await new Promise((resolve) => setTimeout(resolve, 50 + ((n * 137) % 400)));
    line.reset();
  }
  await eventually(() => distinct() >= total, 80_000);
  expect(ofDevices()).toHaveLength(total);
}, 120_000);

test(clause('H-5-5', 'over TLS only the platform whose certificate is known is spoken to'), async () => {
  const folder = mkdtempSync(join(tmpdir(), 'edge-agent-tls-'));
  const { key, cert, fingerprint } = await ensureCertificate(folder, new Date());
  const secure = await openGateway({
    ports: open.memory.ports,
    log: createLog('gateway', 'silent'),
    mqtt: { tls: { port: 0, host: '127.0.0.1', key, cert } },
  });
  const platforms = [`mqtts://127.0.0.1:${secure.addresses.mqtt.tls}`];
  const configuration = { ...past(0, { once: false, interval: 0.2 }), version: 1 };
  try {
    const wrong = fingerprint.replace(/^../, fingerprint.startsWith('00') ? '11' : '00');
    await agent.start({ platforms, configuration, more: ['--fingerprint', wrong] });
    await eventually(() => agent.log.includes('certificate-unknown'), 10_000);
    expect(open.memory.admissions).toBe(0);
    await agent.stop();
    await agent.start({ platforms, more: ['--fingerprint', fingerprint] });
    await eventually(() => ofDevices().length > 50, 10_000);
    await agent.stop();
    const before = ofDevices().length;
    await agent.start({ platforms, more: ['--ca', join(folder, 'tls', 'ca.crt')] });
    await eventually(() => ofDevices().length > before + 50, 10_000);
  } finally {
    await agent.stop();
    await secure.close();
    rmSync(folder, { recursive: true });
  }
}, 60_000);

const fireRule = {
  id: '0190a000-0000-7000-8000-000000000001',
  name: { zh: '火警', en: 'Fire' },
  enabled: true,
  appliesTo: { family: 'test-sensor' },
  trigger: { kind: 'condition', levels: [{ severity: 1, when: 'smoke' }] },
};
const fire = {
  version: 1,
  models: [sensor],
  rules: [fireRule],
  responses: [
    {
      name: '声光报警',
      when: { severity: 1, kind: 'raised' },
      calls: [{ device: name(2), method: 'echo', params: { on: true } }],
    },
  ],
  channels: [
    {
      name: 'detectors',
      protocol: 'trial',
      settings: { interval: 0.5 },
      devices: [
        { name: name(1), family: 'test-sensor', at: { values: { smoke: true } } },
        { name: name(2), at: { values: {} } },
      ],
    },
  ],
};

test(clause(
  'H-7.2-a-2',
  'with the line cut a fire is on the duty room’s page and answered here at once, and told later',
), async () => {
  line.cut();
  const began = Date.now();
  await agent.start({ platforms: through(line), configuration: fire });
  const page = `http://127.0.0.1:${agent.dutyPort}`;
  const state = async () =>
    (await fetch(`${page}/alarms`)).json() as Promise<{ alarms: { id: string; device: string }[]; platform: boolean }>;
  let shown = await state();
  while (shown.alarms.length === 0 && Date.now() - began < 60_000) shown = await state();
  expect(Date.now() - began).toBeLessThan(60_000);
  expect(shown).toMatchObject({ platform: false, alarms: [{ device: name(1), severity: 1, state: 'active' }] });
  const seen = await fetch(`${page}/alarms/${shown.alarms[0]?.id}/acknowledgement`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  expect(seen.status).toBe(204);
  expect((await state()).alarms[0]).toHaveProperty('acknowledged');
  expect((await fetch(page)).headers.get('content-type')).toContain('text/html');
  // Restarted in the dark, the alarm is still there, and seen.
  await agent.kill();
  await agent.start({ platforms: through(line) });
  await eventually(() => agent.dutyPort > 0);
  const again = await fetch(`http://127.0.0.1:${agent.dutyPort}/alarms`);
  expect(await again.json()).toMatchObject({ alarms: [{ device: name(1), state: 'active' }] });
  line.mend();
  await eventually(() => open.memory.events.some(({ event }) => event === 'response-done'), 15_000);
  const alarms = open.memory.events.filter(({ event }) => event === 'alarm');
  expect(alarms).toHaveLength(1);
  expect(alarms[0]?.data).toMatchObject({ rule: fireRule.id, device: name(1), kind: 'raised', severity: 1 });
  expect(Math.abs((alarms[0]?.time ?? 0) / 1000 - began)).toBeLessThan(30_000);
}, 90_000);

test('a configuration comes from the platform, a bad one changes nothing and says why, the last good one survives', async () => {
  const given = new Map<number, unknown>([
    [7, { ...past(0, { once: false, interval: 0.2 }), version: 7 }],
    [8, { version: 8, channels: [{ name: 'x', protocol: 'semaphore', settings: {}, devices: [] }], rules: [{}] }],
  ]);
  open.memory.methods.set('getAgentConfiguration', (_thing, params) =>
    given.get((params as { version: number }).version),
  );
  const told = () =>
    open.memory.client.get(agentThing)?.agent as { configuration: { version: number; state: string } } | undefined;
  await agent.start({ platforms: through(line), configuration: { version: 1 } });
  await eventually(() => told()?.configuration.version === 1, 10_000);
  open.memory.share(agentThing, { agentConfiguration: 7 });
  await eventually(() => ofDevices().length > 50, 10_000);
  await eventually(() => told()?.configuration.version === 7);
  open.memory.share(agentThing, { agentConfiguration: 8 });
  await eventually(() => told()?.configuration.state === 'refused');
  expect(told()).toMatchObject({ configuration: { version: 7, refused: 8 } });
  const before = ofDevices().length;
  await eventually(() => ofDevices().length > before + 50, 10_000);
  await agent.kill();
  line.cut();
  await agent.start({ platforms: through(line) });
  line.mend();
  const after = ofDevices().length;
  await eventually(() => ofDevices().length > after + 50, 15_000);
}, 60_000);

test('a call from the platform reaches the device, and one that comes again is answered without being made again', async () => {
  await agent.start({
    platforms: through(line),
    configuration: { ...past(0, { once: false, interval: 1 }), version: 1 },
  });
  await eventually(() => ofDevices().length > 0, 10_000);
  const call = { thing: 103, request: 5, method: 'echo', params: { on: 1 } };
  open.memory.command(call);
  await eventually(() => open.memory.answers.length === 1);
  expect(open.memory.answers[0]).toEqual({ thing: 103, request: 5, reply: { on: 1 } });
  open.memory.command({ ...call, request: 6, method: 'nonsense' });
  await eventually(() => open.memory.answers.length === 2);
  expect(open.memory.answers[1]?.reply).toMatchObject({ error: { type: 'method-unknown' } });
  await agent.kill();
  await agent.start({ platforms: through(line) });
  const after = ofDevices().length;
  await eventually(() => ofDevices().length > after + 40, 15_000);
  // The platform never heard the answer and sends it once more.
  open.memory.command(call);
  await eventually(() => open.memory.answers.length === 3, 15_000);
  expect(open.memory.answers[2]?.reply).toMatchObject({ error: { type: 'outcome-unknown' } });
}, 60_000);
