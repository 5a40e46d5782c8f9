import { Client } from '../client.ts';
import { percentile } from '../histogram.ts';
import { startLoad } from '../load/child.ts';
import type { CommandLoad, CommandLoadDone } from '../load/command-load.ts';
import { withPlatform } from '../platform.ts';
import { processorSeconds } from '../processes.ts';
import { type Benchmark, rounded } from '../result.ts';

const name = (zh: string, en: string) => ({ zh, en });
const model = {
  family: 'bench-actuator',
  name: name('基准执行器', 'Benchmark actuator'),
  category: { function: 'actuator', domain: 'industry', specification: 'bench' },
  authentication: 'secret',
  interval: 60,
  grace: 60,
  properties: [],
  events: [],
  services: [
    {
      id: 'set',
      name: name('设定', 'Set'),
      risk: 'normal',
      deadline: 30,
      input: {
        type: 'object',
        properties: { value: { type: 'number', minimum: 0, maximum: 100 } },
        required: ['value'],
        additionalProperties: false,
      },
    },
    { id: 'halt', name: name('急停', 'Halt'), risk: 'vital', deadline: 5, urgent: true, level: 1, repeatable: true },
  ],
};

async function stockActuators(client: Client, count: number): Promise<{ id: string; token: string }[]> {
  await client.post('/models', model);
  const rows = Array.from({ length: count }, (_, n) => {
    const code = `ACT-${String(n).padStart(4, '0')}`;
    return { code, name: code, family: model.family, state: 'in-use' };
  });
  const made = await client.post<{ things: { id: string; token: string | null }[] }>('/things/import', {
    rows,
    tokens: true,
  });
  return made.things.map(({ id, token }) => ({ id, token: token ?? '' }));
}

/**
 * From the HTTP request to the pushed word that the device has done it: written down with its journal line, queued,
 * told over MQTT, answered, stored, pushed. Emergencies go in between, while everything else floods.
 */
export const commandsBenchmark: Benchmark = {
  name: 'commands',
  summary: 'commands over HTTP to devices on MQTT and back to a live page, 1,000 a second, emergencies in between',
  goals: { p99_ms: { at: '≤', value: 100 }, emergency_p99_ms: { at: '≤', value: 50 } },
  run: ({ say, option }) =>
    withPlatform({}, async (platform) => {
      const client = new Client(platform);
      const devices = await stockActuators(client, option('devices', 200));
      const rate = option('rate', 1000);
      const measure = async (seconds: number, emergencies: number): Promise<CommandLoadDone> => {
        const load = startLoad<CommandLoad, CommandLoadDone>('command-load.ts', {
          port: Number(new URL(platform.url).port),
          mqtt: platform.ports.mqtt,
          key: platform.apiKey,
          devices,
          rate,
          emergencies,
          seconds,
        });
        await load.ready;
        return load.go();
      };
      const warm = await measure(5, 1);
      say(`warmed up with ${warm.acknowledged} of ${warm.sent} commands`);
      const before = processorSeconds(platform.pid);
      const done = await measure(option('seconds', 20), option('emergencies', 20));
      const after = processorSeconds(platform.pid);
      const used = (kind: 'node' | 'postgres') => (after[kind] - before[kind]).toFixed(1);
      say(
        `${done.acknowledged} of ${done.sent} acknowledged, ${done.refused} refused, in ${done.seconds.toFixed(1)} s`,
      );
      say(`processor ${used('node')} s Node, ${used('postgres')} s PostgreSQL`);
      if (done.acknowledged < done.sent - done.refused)
        throw new Error(`${done.sent - done.refused - done.acknowledged} commands were never seen acknowledged`);
      return {
        p50_ms: rounded(percentile(done.ordinary, 0.5)),
        p99_ms: rounded(percentile(done.ordinary, 0.99)),
        emergency_p50_ms: rounded(percentile(done.urgent, 0.5)),
        emergency_p99_ms: rounded(percentile(done.urgent, 0.99)),
        emergency_heard_p50_ms: rounded(percentile(done.urgentHeard, 0.5)),
        emergency_heard_p99_ms: rounded(percentile(done.urgentHeard, 0.99)),
        accepted_p99_ms: rounded(percentile(done.accepted, 0.99)),
        commands_per_s: rounded(done.acknowledged / done.seconds),
        refused: done.refused,
      };
    }),
};
