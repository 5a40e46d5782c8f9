import { setTimeout as sleep } from 'node:timers/promises';
import { edgeAgentModel } from '@keystead/contracts/agent';
import { Client } from '../client.ts';
import { EdgeAgent, Way } from '../edge-agent.ts';
import { withPlatform } from '../platform.ts';
import { type Benchmark, rounded } from '../result.ts';

const intervalS = 10;
const properties = ['temperature', 'humidity', 'co2'] as const;
const mostIdleMs = 3_000;
const mostWaitS = 300;

const property = (id: string) => ({
  id,
  name: { zh: id, en: id },
  type: 'number',
  access: 'r',
  transferLevel: 1,
  storeLevel: 1,
});

const model = {
  family: 'outage-sensor',
  name: { zh: '断网基准传感器', en: 'Outage sensor' },
  category: { function: 'environment', domain: 'industry', specification: 'bench' },
  authentication: 'gateway',
  interval: 60,
  grace: 60,
  properties: properties.map(property),
  events: [],
  services: [],
};

interface Made {
  things: { id: string; code: string; token: string | null }[];
  errors: unknown[];
}

/** An agent's thing with its devices behind it. */
async function register(
  client: Client,
  devices: number,
): Promise<{ agent: Made['things'][number]; behind: Made['things'] }> {
  await client.post('/models', model);
  const place = await client.post<{ id: string }>('/places', {
    kind: 'project',
    code: 'OUT',
    name: '断网基准',
    parent: null,
  });
  const common = { placeId: place.id, state: 'in-use' };
  const rows = [
    { code: 'AGENT', name: 'AGENT', family: edgeAgentModel.family, ...common },
    ...Array.from({ length: devices }, (_, n) => {
      const code = `OUT-${String(n).padStart(4, '0')}`;
      return { code, name: code, family: model.family, gateway: 'AGENT', ...common };
    }),
  ];
  const made = await client.post<Made>('/things/import', { rows, tokens: true });
  if (made.errors.length > 0) throw new Error(JSON.stringify(made.errors.slice(0, 3)));
  const agent = made.things.find(({ code }) => code === 'AGENT');
  if (!agent) throw new Error('no agent');
  return { agent, behind: made.things.filter(({ code }) => code !== 'AGENT') };
}

async function counted(client: Client, thing: string, name: string, from: Date): Promise<number> {
  const span = `from=${from.toISOString()}&to=${new Date(Date.now() + 60_000).toISOString()}&points=1`;
  const path = `/telemetry/things/${thing}/properties/${name}/history?${span}`;
  const { buckets } = await client.get<{ buckets: { count: number }[] }>(path);
  return buckets.reduce((sum, { count }) => sum + count, 0);
}

/** Messages the gateway committed since its start. */
async function accepted(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^keystead_gateway_messages(?:\{[^}]*\})? (\d+)/m.exec(text)?.[1] ?? Number.NaN);
}

const wave = (middle: number, swing: number) => ({ middle, swing, minutes: 240 });

/**
 * A day of readings with their own times is taken by an agent that cannot reach the platform; then the line is there.
 * Counted in the platform's history; doubles are what the gateway committed beyond what was read.
 */
export const edgeOutage: Benchmark = {
  name: 'edge-outage',
  summary: 'a day without the line (simulated clock): points lost and doubled, points a second while catching up',
  goals: {
    lost: { at: '≤', value: 0 },
    doubled: { at: '≤', value: 0 },
    points_per_s: { at: '≥', value: 50_000 },
    recovery_s: { at: '≤', value: 10 },
  },
  run: ({ say, option }) =>
    withPlatform({}, async (platform) => {
      const client = new Client(platform);
      const [devices, hours] = [option('devices', 50), option('hours', 24)];
      const { agent, behind } = await register(client, devices);
      const way = await new Way(platform.ports.mqtt).listen();
      const edge = new EdgeAgent();
      const until = new Date(Date.now() - 60_000);
      const since = new Date(until.getTime() - (hours * 3600 + 60) * 1000);
      try {
        const values = { temperature: wave(20, 5), humidity: wave(50, 20), co2: wave(700, 300) };
        const settings = { interval: intervalS, past: hours * 3600, once: true, until: until.toISOString() };
        const channel = {
          name: 'past',
          protocol: 'trial',
          settings,
          devices: behind.map(({ code }) => ({ name: code, at: { values } })),
        };
        const began = performance.now();
        await edge.start(way.url, agent.token ?? '', { version: 1, channels: [channel] });
        while (!edge.log.includes('past played')) {
          if (performance.now() - began > mostWaitS * 1000) throw new Error(`not taken in time: ${edge.log}`);
          await sleep(100);
        }
        const readings = devices * Math.floor((hours * 3600) / intervalS);
        const takenS = (performance.now() - began) / 1000;
        say(
          `${readings} readings of ${properties.length} points taken in ${takenS.toFixed(1)} s while the line was cut`,
        );
        const mended = performance.now();
        way.open();
        while (way.lastUp === 0) await sleep(5);
        const recoveryS = (performance.now() - mended) / 1000;
        const first = mended + recoveryS * 1000;
        while (performance.now() - way.lastUp < mostIdleMs) await sleep(50);
        const seconds = (way.lastUp - first) / 1000;
        say(`caught up in ${seconds.toFixed(1)} s, ${(way.bytes / 2 ** 20).toFixed(1)} MiB`);
        // The processes tell their figures every few seconds.
        await sleep(8_000);
        let stored = 0;
        for (const { id } of behind) for (const name of properties) stored += await counted(client, id, name, since);
        const own =
          (await counted(client, agent.id, 'cpu', since)) + (await counted(client, agent.id, 'damaged', since));
        const messages = await accepted(platform.url);
        say(`${messages} messages committed, ${own} of them the agent's own`);
        return {
          lost: readings * properties.length - stored,
          doubled: Math.max(0, messages - own - readings),
          points_per_s: rounded((readings * properties.length) / seconds),
          recovery_s: rounded(recoveryS),
          taken_points_per_s: rounded((readings * properties.length) / takenS),
        };
      } finally {
        await edge.stop();
        await way.close();
      }
    }),
};
