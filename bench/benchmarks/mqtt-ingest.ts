import { setTimeout as sleep } from 'node:timers/promises';
import type { Installation } from '@keystead/kernel/testing/installation';
import { Client } from '../client.ts';
import { merge, newHistogram, percentile } from '../histogram.ts';
import { startLoad } from '../load/child.ts';
import { MqttDevice, ringOf } from '../load/mqtt-client.ts';
import type { MqttLoad, MqttLoadDone } from '../load/mqtt-load.ts';
import { withPlatform } from '../platform.ts';
import { processorSeconds } from '../processes.ts';
import { type Benchmark, rounded } from '../result.ts';
import { type Device, stock } from '../stock.ts';

const pointsPerMessage = 3;
const longestCatchUp = 120; // s

export interface Flooded {
  messagesPerSecond: number;
  total: number;
  p50: number;
  p99: number;
  mean: number;
}

/** Sends with all devices at once for a while and answers what was acknowledged, which is what was committed. */
export async function sendAll(task: Omit<MqttLoad, 'tokens'>, devices: readonly Device[], loads = 1): Promise<Flooded> {
  const started = Array.from({ length: loads }, (_, part) =>
    startLoad<MqttLoad, MqttLoadDone>('mqtt-load.ts', {
      ...task,
      ...(task.rate === undefined ? {} : { rate: task.rate / loads }),
      tokens: devices.filter((_device, n) => n % loads === part).map(({ token }) => token),
    }),
  );
  await Promise.all(started.map(({ ready }) => ready));
  const done = await Promise.all(started.map((load) => load.go()));
  const times = merge(done.map((each) => each.times));
  const messagesPerSecond = done.reduce((sum, each) => sum + each.acknowledged / each.seconds, 0);
  const total = done.reduce((sum, each) => sum + each.total, 0);
  return {
    messagesPerSecond,
    total,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    mean: times.sum / times.total,
  };
}

/**
 * Seconds from a rule-breaking message sent right after the flood to its alarm: rules take messages in their order, so
 * this is how far they were behind.
 */
async function rulesBehind(client: Client, platform: Installation, { token, code }: Device): Promise<number> {
  const ring = ringOf(['{"temperature":75.5,"humidity":40.0,"co2":500}']);
  const device = await MqttDevice.connect({ port: platform.ports.mqtt }, token, ring, newHistogram());
  const began = performance.now();
  device.send(1);
  const seconds = () => (performance.now() - began) / 1000;
  for (;;) {
    const { items } = await client.get<{ items: { subject: { code: string } }[] }>(`/alarms?limit=5&text=${code}`);
    if (items.some(({ subject }) => subject.code === code)) break;
    if (seconds() > longestCatchUp) throw new Error(`no alarm after ${longestCatchUp} s`);
    await sleep(20);
  }
  device.end();
  return seconds();
}

/** Messages of all devices that are stored, counted through the ordinary history. */
async function countStored(client: Client, devices: readonly Device[], since: Date): Promise<number> {
  const span = `from=${since.toISOString()}&to=${new Date(Date.now() + 60_000).toISOString()}&points=1`;
  let stored = 0;
  for (const { id } of devices) {
    const path = `/telemetry/things/${id}/properties/temperature/history?${span}`;
    const { buckets } = await client.get<{ buckets: { count: number }[] }>(path);
    stored += buckets.reduce((sum, { count }) => sum + count, 0);
  }
  return stored;
}

async function measure(platform: Installation, devices: Device[], seconds: number, window: number, tls: boolean) {
  const target = tls ? { port: platform.ports.mqtts, ca: platform.authority() } : { port: platform.ports.mqtt };
  const before = processorSeconds(platform.pid);
  const result = await sendAll({ target, window, seconds }, devices);
  const after = processorSeconds(platform.pid);
  const used = (kind: 'node' | 'postgres') => (after[kind] - before[kind]).toFixed(1);
  return { ...result, cpu: `${used('node')} s Node, ${used('postgres')} s PostgreSQL` };
}

/**
 * QoS 1 over the loopback network, three values a message, the model's rule switched on; a message counts when its
 * PUBACK is here, which the gateway sends after the commit. The sender takes its share of the same cores.
 */
export const mqttIngest: Benchmark = {
  name: 'mqtt-ingest',
  summary: 'durable MQTT QoS 1 messages of three points a second, rule on; clear text, TLS beside it',
  goals: { messages_per_s: { at: '≥', value: 60_000 }, points_per_s: { at: '≥', value: 180_000 } },
  run: ({ say, option }) =>
    withPlatform({}, async (platform) => {
      const client = new Client(platform);
      const [watched, ...devices] = await stock(client, option('devices', 50) + 1);
      if (!watched) throw new Error('no devices');
      const seconds = option('seconds', 15);
      const window = option('window', 100);
      const since = new Date(Date.now() - 1000);
      say(`${devices.length} devices, ${window} unacknowledged messages each, ${seconds} s`);
      const warm = await measure(platform, devices, 5, window, false); // caches, plans and files
      const clear = await measure(platform, devices, seconds, window, false);
      const behind = await rulesBehind(client, platform, watched);
      say(`clear text: ${Math.round(clear.messagesPerSecond)} messages/s; processor ${clear.cpu}`);
      say(`an alarm sent right after it came ${behind.toFixed(2)} s later`);
      const tls = await measure(platform, devices, seconds, window, true);
      const single = await measure(platform, devices, Math.min(seconds, 10), 1, false);
      const acknowledged = [warm, clear, tls, single].reduce((sum, { total }) => sum + total, 0);
      const stored = await countStored(client, devices, since);
      say(`${acknowledged} messages acknowledged, ${stored} stored`);
      if (stored < acknowledged) throw new Error(`${acknowledged - stored} acknowledged messages are not stored`);
      return {
        messages_per_s: rounded(clear.messagesPerSecond),
        points_per_s: rounded(clear.messagesPerSecond * pointsPerMessage),
        puback_p50_ms: rounded(clear.p50),
        puback_p99_ms: rounded(clear.p99),
        rules_behind_s: rounded(behind),
        tls_messages_per_s: rounded(tls.messagesPerSecond),
        tls_points_per_s: rounded(tls.messagesPerSecond * pointsPerMessage),
        window_1_messages_per_s: rounded(single.messagesPerSecond),
        window_1_puback_p99_ms: rounded(single.p99),
      };
    }),
};
