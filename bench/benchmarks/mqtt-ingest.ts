import { Client } from '../client.ts';
import { merge, percentile } from '../histogram.ts';
import { startLoad } from '../load/child.ts';
import type { MqttLoad, MqttLoadDone } from '../load/mqtt-load.ts';
import { type Platform, withPlatform } from '../platform.ts';
import { processorSeconds } from '../processes.ts';
import { type Benchmark, rounded } from '../result.ts';
import { type Device, stock } from '../stock.ts';

export const pointsPerMessage = 3;

export interface Flooded {
  messagesPerSecond: number;
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
  return { messagesPerSecond, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

/** Throws unless the platform shows a value of each property: what was acknowledged must be there. */
async function checkShown(client: Client, device: Device | undefined): Promise<void> {
  const latest = await client.get<{ values: Record<string, unknown> }>(`/telemetry/things/${device?.id}/latest`);
  const found = Object.keys(latest.values).length;
  if (found !== pointsPerMessage) throw new Error(`${found} of ${pointsPerMessage} acknowledged values are shown`);
}

async function measure(platform: Platform, devices: Device[], seconds: number, window: number, tls: boolean) {
  const target = tls ? { port: platform.mqttsPort, ca: platform.ca() } : { port: platform.mqttPort };
  const before = processorSeconds(platform.pid);
  const result = await sendAll({ target, window, seconds }, devices);
  const after = processorSeconds(platform.pid);
  return { ...result, node: after.node - before.node, postgres: after.postgres - before.postgres };
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
      say(`${devices.length} devices, ${window} unacknowledged messages each, ${seconds} s`);
      await measure(platform, devices, 5, window, false); // caches, plans and files get warm
      const clear = await measure(platform, devices, seconds, window, false);
      say(
        `clear text: ${Math.round(clear.messagesPerSecond)} messages/s; processor ${clear.node.toFixed(1)} s Node, ${clear.postgres.toFixed(1)} s PostgreSQL`,
      );
      const tls = await measure(platform, devices, seconds, window, true);
      const single = await measure(platform, devices, Math.min(seconds, 10), 1, false);
      await checkShown(client, devices[0]);
      return {
        messages_per_s: rounded(clear.messagesPerSecond),
        points_per_s: rounded(clear.messagesPerSecond * pointsPerMessage),
        puback_p50_ms: rounded(clear.p50),
        puback_p99_ms: rounded(clear.p99),
        tls_messages_per_s: rounded(tls.messagesPerSecond),
        tls_points_per_s: rounded(tls.messagesPerSecond * pointsPerMessage),
        window_1_messages_per_s: rounded(single.messagesPerSecond),
        window_1_puback_p99_ms: rounded(single.p99),
      };
    }),
};
