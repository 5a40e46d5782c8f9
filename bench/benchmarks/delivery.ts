import { DistantLine } from '@keystead/kernel/testing/line';
import { Client } from '../client.ts';
import { startLoad } from '../load/child.ts';
import type { DeliveryDone, DeliveryLoad } from '../load/delivery-load.ts';
import { withPlatform } from '../platform.ts';
import { type Benchmark, rounded } from '../result.ts';
import { type Device, stock } from '../stock.ts';
import { sendAll } from './mqtt-ingest.ts';

/** Messages of one device that are stored, each by its own time. */
async function storedOf(client: Client, { id }: Device, base: number, messages: number): Promise<number> {
  const span = `from=${new Date(base - 1).toISOString()}&to=${new Date(base + messages + 1).toISOString()}&points=1`;
  const path = `/telemetry/things/${id}/properties/temperature/history?${span}`;
  const { buckets } = await client.get<{ buckets: { count: number }[] }>(path);
  return buckets.reduce((sum, { count }) => sum + count, 0);
}

/** A million messages over lines that break all the time; then the usual load, for how long a message takes. */
export const delivery: Benchmark = {
  name: 'delivery',
  summary: 'a million QoS 1 messages over breaking lines: missing, doubled; then mean delay at 10,000 messages/s',
  goals: {
    success_percent: { at: '≥', value: 99.99 },
    acknowledged_missing: { at: '≤', value: 0 },
    doubled: { at: '≤', value: 0 },
    rated_mean_ms: { at: '≤', value: 50 },
  },
  run: ({ say, option }) =>
    withPlatform({}, async (platform) => {
      const client = new Client(platform);
      const devices = await stock(client, option('devices', 50));
      const messages = Math.ceil(option('messages', 1_000_000) / devices.length);
      const base = Date.now() - 3_600_000;
      const line = new DistantLine(platform.ports.mqtt);
      const port = await line.listen();
      const load = startLoad<DeliveryLoad, DeliveryDone>('delivery-load.ts', {
        ...{ port, messages, base, window: 100 },
        tokens: devices.map(({ token }) => token),
      });
      await load.ready;
      const breaking = setInterval(() => line.breakOne(), option('break', 50));
      const done = await load.go().finally(() => clearInterval(breaking));
      await line.close();
      const sent = messages * devices.length;
      let stored = 0;
      for (const device of devices) stored += await storedOf(client, device, base, messages);
      say(`${sent} sent in ${done.seconds.toFixed(1)} s over ${done.breaks} breaks, ${stored} stored`);
      const rate = option('rate', 10_000);
      const target = { port: platform.ports.mqtt };
      await sendAll({ target, window: 200, seconds: 5, rate }, devices);
      const rated = await sendAll({ target, window: 200, seconds: option('seconds', 60), rate }, devices);
      return {
        sent,
        breaks: done.breaks,
        acknowledged: done.acknowledged,
        success_percent: (100 * Math.min(stored, sent)) / sent,
        acknowledged_missing: Math.max(0, done.acknowledged - stored),
        doubled: Math.max(0, stored - sent),
        messages_per_s: rounded(sent / done.seconds),
        rated_messages_per_s: rounded(rated.messagesPerSecond),
        rated_mean_ms: rounded(rated.mean),
        rated_p99_ms: rounded(rated.p99),
      };
    }),
};
