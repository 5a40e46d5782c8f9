import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '../client.ts';
import { merge, percentile } from '../histogram.ts';
import { startLoad } from '../load/child.ts';
import type { MqttLoad, MqttLoadDone } from '../load/mqtt-load.ts';
import { type Platform, withPlatform } from '../platform.ts';
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
  return { messagesPerSecond, total, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

interface Intake {
  followers: { behind: number; lag: number }[];
}

/** Seconds until rules and latest values have seen everything that was acknowledged. */
async function caughtUp(client: Client): Promise<{ lag: number; seconds: number }> {
  const began = performance.now();
  let lag: number | undefined;
  for (;;) {
    const { followers } = await client.get<Intake>('/telemetry/intake');
    lag ??= Math.max(0, ...followers.map((each) => each.lag));
    const seconds = (performance.now() - began) / 1000;
    if (followers.every(({ behind }) => behind === 0) || seconds > longestCatchUp) return { lag, seconds };
    await sleep(200);
  }
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

async function measure(platform: Platform, devices: Device[], seconds: number, window: number, tls: boolean) {
  const target = tls ? { port: platform.mqttsPort, ca: platform.ca() } : { port: platform.mqttPort };
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
      const devices = await stock(client, option('devices', 50));
      const seconds = option('seconds', 15);
      const window = option('window', 100);
      const since = new Date(Date.now() - 1000);
      say(`${devices.length} devices, ${window} unacknowledged messages each, ${seconds} s`);
      const warm = await measure(platform, devices, 5, window, false); // caches, plans and files
      const clear = await measure(platform, devices, seconds, window, false);
      const behind = await caughtUp(client);
      say(`clear text: ${Math.round(clear.messagesPerSecond)} messages/s; processor ${clear.cpu}`);
      say(
        `rules were ${behind.lag.toFixed(1)} s behind at the end, and had caught up ${behind.seconds.toFixed(1)} s later`,
      );
      const tls = await measure(platform, devices, seconds, window, true);
      const single = await measure(platform, devices, Math.min(seconds, 10), 1, false);
      await caughtUp(client);
      const acknowledged = [warm, clear, tls, single].reduce((sum, { total }) => sum + total, 0);
      const stored = await countStored(client, devices, since);
      say(`${acknowledged} messages acknowledged, ${stored} stored`);
      if (stored < acknowledged) throw new Error(`${acknowledged - stored} acknowledged messages are not stored`);
      return {
        messages_per_s: rounded(clear.messagesPerSecond),
        points_per_s: rounded(clear.messagesPerSecond * pointsPerMessage),
        puback_p50_ms: rounded(clear.p50),
        puback_p99_ms: rounded(clear.p99),
        rules_behind_s: rounded(behind.lag),
        rules_caught_up_s: rounded(behind.seconds),
        tls_messages_per_s: rounded(tls.messagesPerSecond),
        tls_points_per_s: rounded(tls.messagesPerSecond * pointsPerMessage),
        window_1_messages_per_s: rounded(single.messagesPerSecond),
        window_1_puback_p99_ms: rounded(single.p99),
      };
    }),
};
