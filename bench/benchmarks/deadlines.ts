import { setTimeout as sleep } from 'node:timers/promises';
import { startMosquitto } from '@keystead/kernel/testing';
import type { Installation } from '@keystead/kernel/testing/installation';
import { memoryBank, startModbusServer } from '@keystead/terminals/modbus';
import { Client } from '../client.ts';
import { EdgeAgent, Way } from '../edge-agent.ts';
import { type Histogram, newHistogram, percentile, record } from '../histogram.ts';
import { MqttDevice, ringOf } from '../load/mqtt-client.ts';
import { withPlatform } from '../platform.ts';
import { type BenchContext, type Benchmark, rounded } from '../result.ts';
import { type Device, stock } from '../stock.ts';
import { sendAll } from './mqtt-ingest.ts';

const fireFamily = 'smoke-detector';
const urgentEveryMs = 20;

/** From the moment smoke stands in a detector's register to the alarm on the duty room's page, nobody else reachable. */
async function firesInTheDark(fires: number): Promise<Histogram> {
  const bank = memoryBank({ sizes: { coil: fires, holding: fires } });
  const server = await startModbusServer({ units: new Map([[1, bank]]) });
  const density = { id: 'smoke', key: 1, name: { zh: '烟雾浓度', en: 'Smoke density' }, type: 'number', unit: '%' };
  const smoke = {
    ...{ family: fireFamily, version: 1, name: { zh: '烟感', en: 'Smoke detector' }, authentication: 'secret' },
    category: { function: 'fire', domain: 'housing', specification: 'photoelectric' },
    ...{ interval: 30, grace: 25, events: [], services: [] },
    properties: [{ ...density, min: 0, max: 100, access: 'r', transferLevel: 3, storeLevel: 3 }],
  };
  const name = (n: number) => `FIRE-${n}`;
  const rule = {
    id: '0190a000-0000-7000-8000-0000000000f1',
    name: { zh: '烟雾', en: 'Smoke' },
    enabled: true,
    appliesTo: { family: fireFamily },
    trigger: { kind: 'condition', levels: [{ severity: 1, when: 'smoke >= 10' }], clear: 'smoke < 3' },
  };
  const at = (n: number) => ({
    host: '127.0.0.1',
    port: server.port,
    every: 1_000,
    points: [{ name: 'smoke', area: 'holding', address: n, form: 'uint16' }],
  });
  const devices = Array.from({ length: fires }, (_, n) => ({ name: name(n), family: fireFamily, at: at(n) }));
  const channels = [{ name: 'detectors', protocol: 'modbus', settings: { transport: 'tcp' }, devices }];
  // The way to the platform is never opened.
  const way = await new Way(1).listen();
  const agent = new EdgeAgent();
  const times = newHistogram();
  try {
    await agent.start(way.url, 'nobody', { version: 1, models: [smoke], rules: [rule], channels }, true);
    await sleep(3_000);
    const began = new Map<string, number>();
    const seen = new Set<string>();
    for (let n = 0, next = performance.now(); seen.size < fires; await sleep(10)) {
      if (n < fires && performance.now() >= next) {
        bank.tables.holding[n] = 40;
        began.set(name(n++), performance.now());
        next = performance.now() + 37;
      }
      const page = await fetch(`http://127.0.0.1:${agent.dutyPort}/alarms`);
      const { alarms } = (await page.json()) as { alarms: { device: string }[] };
      for (const { device } of alarms) {
        if (seen.has(device)) continue;
        seen.add(device);
        record(times, performance.now() - (began.get(device) ?? 0));
      }
      if (performance.now() - next > 120_000) throw new Error(`${fires - seen.size} fires were never shown`);
    }
    return times;
  } finally {
    await agent.stop();
    await way.close();
    await server.close();
  }
}

interface Watched {
  devices: Device[];
  /** Event of each. */
  event: string;
}

async function register(client: Client, family: string, count: number, placeId: string): Promise<Device[]> {
  const rows = Array.from({ length: count }, (_, n) => {
    const code = `${family}-${String(n).padStart(4, '0')}`;
    return { code, name: code, family, placeId, state: 'in-use' };
  });
  const made = await client.post<{ things: Device[]; errors: unknown[] }>('/things/import', { rows, tokens: true });
  if (made.errors.length > 0) throw new Error(JSON.stringify(made.errors.slice(0, 2)));
  return made.things;
}

interface AlarmRow {
  subject: { id: string };
}

/** From the publication of each event to the alarm in the answer of the API. */
async function eventsToAlarms(platform: Installation, client: Client, watched: readonly Watched[]): Promise<Histogram> {
  const times = newHistogram();
  const began = new Map<string, number>();
  const open: MqttDevice[] = [];
  const all = watched.flatMap(({ devices, event }) => devices.map((device) => ({ device, event })));
  for (const { device, event } of all) {
    const ring = ringOf([JSON.stringify({ event, data: {} })], 'v1/devices/me/events');
    open.push(await MqttDevice.connect({ port: platform.ports.mqtt }, device.token, ring, newHistogram()));
  }
  const sending = (async () => {
    for (const [n, { device }] of all.entries()) {
      began.set(device.id, performance.now());
      open[n]?.send(1);
      await sleep(urgentEveryMs);
    }
  })();
  const seen = new Set<string>();
  for (const until = performance.now() + 180_000; seen.size < all.length; await sleep(100)) {
    const { items } = await client.get<{ items: AlarmRow[] }>('/alarms?state=all&limit=200');
    for (const { subject } of items) {
      const at = began.get(subject.id);
      if (at === undefined || seen.has(subject.id)) continue;
      seen.add(subject.id);
      record(times, performance.now() - at);
    }
    if (performance.now() > until) throw new Error(`${all.length - seen.size} events raised no alarm`);
  }
  await sending;
  for (const each of open) each.end();
  return times;
}

/** Words of level 3 and how long each waits for its acknowledgement. */
async function vitalWords(platform: Installation, device: Device, seconds: number): Promise<Histogram> {
  const times = newHistogram();
  const ring = ringOf(['{"smoke":0.1}']);
  const sender = await MqttDevice.connect({ port: platform.ports.mqtt }, device.token, ring, times);
  for (const until = performance.now() + seconds * 1000; performance.now() < until; await sleep(urgentEveryMs))
    sender.send(1);
  sender.end();
  return times;
}

interface Round {
  calm: Histogram;
  /** Beside the same flood taken by another broker: what sharing the machine with its senders costs by itself. */
  beside: Histogram;
  flooded: Histogram;
}

/** In rounds, because what else the machine does can make any part of one longer. */
async function inRounds(
  platform: Installation,
  detector: Device,
  flooders: readonly Device[],
  { rounds, seconds, rate }: { rounds: number; seconds: number; rate: number },
): Promise<Round[]> {
  const peer = await startMosquitto();
  const during = async (port: number): Promise<Histogram> => {
    const low = sendAll({ target: { port }, window: 100, seconds: seconds + 3, rate }, flooders);
    await sleep(2_000);
    const times = await vitalWords(platform, detector, seconds);
    await low;
    return times;
  };
  const done: Round[] = [];
  try {
    while (done.length < rounds) {
      const calm = await vitalWords(platform, detector, seconds);
      const beside = await during(peer.port);
      done.push({ calm, beside, flooded: await during(platform.ports.mqtt) });
    }
  } finally {
    await peer.stop();
  }
  return done;
}

async function underLoad(platform: Installation, { say, option }: BenchContext) {
  const client = new Client(platform);
  const rate = option('rate', 10_000);
  const flooders = await stock(client, 50);
  const { items } = await client.get<{ items: { id: string }[] }>('/places?limit=1');
  const place = items[0]?.id ?? '';
  const events = option('events', 1_000) / 2;
  const guards = await register(client, 'entrance-guard', events, place);
  const monitors = await register(client, 'vital-sign-monitor', events, place);
  const [detector] = await register(client, fireFamily, 1, place);
  if (!detector) throw new Error('no detector');
  const target = { port: platform.ports.mqtt };
  await sendAll({ target, window: 10, seconds: 3, rate: 2_000 }, flooders);

  const rounds = await inRounds(platform, detector, flooders, { rounds: option('rounds', 5), seconds: 6, rate });

  // As much as is taken, until every alarm is there.
  const full = sendAll({ target, window: 100, seconds: (2 * events * urgentEveryMs) / 1000 + 10 }, flooders);
  await sleep(2_000);
  const alarms = await eventsToAlarms(platform, client, [
    { devices: guards, event: 'forced-open' },
    { devices: monitors, event: 'vital-sign-abnormal' },
  ]);
  const load = await full;
  say(`${Math.round(load.messagesPerSecond)} messages/s of level 1 beside the ${alarms.total} events`);
  return { rounds, alarms, load, rate };
}

/** The deadlines of the contract, measured as the longest there was, not as a percentile. */
export const deadlines: Benchmark = {
  name: 'deadlines',
  summary: 'fire with the line cut, access and vital signs under full load, level 3 beside a flood of level 1',
  goals: {
    fire_p100_s: { at: '≤', value: 60 },
    high_p100_s: { at: '≤', value: 20 },
    level3_over_beside_percent: { at: '≤', value: 10 },
  },
  run: async (context) => {
    const fires = await firesInTheDark(context.option('fires', 200));
    context.say(`${fires.total} fires with the line cut, the slowest seen after ${(fires.most / 1000).toFixed(2)} s`);
    const { rounds, alarms, load, rate } = await withPlatform({}, (platform) => underLoad(platform, context));
    const middle = (of: (round: Round) => number): number =>
      rounds.map(of).sort((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? Number.NaN;
    const at = (part: keyof Round, share: number) => rounded(middle((round) => percentile(round[part], share)));
    const over = (part: 'calm' | 'beside') =>
      rounded(middle((round) => 100 * (percentile(round.flooded, 0.99) / percentile(round[part], 0.99) - 1)));
    return {
      fires: fires.total,
      fire_p100_s: rounded(fires.most / 1000),
      fire_p50_s: rounded(percentile(fires, 0.5) / 1000),
      high_events: alarms.total,
      high_p100_s: rounded(alarms.most / 1000),
      high_p50_s: rounded(percentile(alarms, 0.5) / 1000),
      full_messages_per_s: rounded(load.messagesPerSecond),
      level3_calm_p99_ms: at('calm', 0.99),
      level3_beside_p99_ms: at('beside', 0.99),
      level3_flood_p99_ms: at('flooded', 0.99),
      level3_calm_p50_ms: at('calm', 0.5),
      level3_flood_p50_ms: at('flooded', 0.5),
      level3_flood_p95_ms: at('flooded', 0.95),
      level3_over_calm_percent: over('calm'),
      level3_over_beside_percent: over('beside'),
      flood_messages_per_s: rate,
    };
  },
};
