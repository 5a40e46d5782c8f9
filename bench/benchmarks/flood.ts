import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '../client.ts';
import { newHistogram, percentile } from '../histogram.ts';
import { MqttDevice, ringOf } from '../load/mqtt-client.ts';
import { withPlatform } from '../platform.ts';
import { type Benchmark, rounded } from '../result.ts';
import { type Device, stock, usualPayload } from '../stock.ts';
import { askAll, mixOf, slowest } from './api.ts';
import { sendAll } from './mqtt-ingest.ts';

const users = 20;
const urgentEveryMs = 100;
const vital = 'smoke-detector';

/** A detector whose model knows level 3 (life and property): its words go first (H-8.2-b). */
async function urgentDevice(client: Client): Promise<Device> {
  const row = { code: 'BENCH-SMOKE', name: 'BENCH-SMOKE', family: vital, state: 'in-use' };
  const made = await client.post<{ things: Device[]; errors: unknown[] }>('/things/import', {
    rows: [row],
    tokens: true,
  });
  const [device] = made.things;
  if (!device?.token) throw new Error(`no detector: ${JSON.stringify(made.errors)}`);
  return device;
}

/** Single urgent messages during a flood; answers how long each waited for its PUBACK. */
async function sendUrgent(device: Device, port: number, seconds: number) {
  const times = newHistogram();
  const sender = await MqttDevice.connect({ port }, device.token, ringOf(['{"smoke":false,"battery":90}']), times);
  for (const until = performance.now() + seconds * 1000; performance.now() < until; ) {
    sender.send(1);
    await sleep(urgentEveryMs);
  }
  const { inFlight } = sender;
  sender.end();
  return { times, unanswered: inFlight };
}

/** People's clicks and level 3 messages while the gateway takes in all it can. */
export const flood: Benchmark = {
  name: 'flood',
  summary: 'answer time of the API and of level 3 messages while messages come in as fast as they are taken',
  goals: { api_p95_ms: { at: '≤', value: 300 } },
  run: ({ say, option }) =>
    withPlatform({}, async (platform) => {
      const client = new Client(platform);
      const devices = await stock(client, 50);
      const urgent = await urgentDevice(client);
      const seconds = option('seconds', 20);
      const target = { port: platform.ports.mqtt };
      await sendAll({ target, window: 10, seconds: 3, rate: 2000 }, devices);
      const paths = await mixOf(client, devices);
      const flooding = sendAll({ target, window: option('window', 100), seconds }, devices);
      await sleep(1500);
      const asking = askAll(platform, { users, pause: 200, seconds: seconds - 3, paths });
      const urgents = await sendUrgent(urgent, platform.ports.mqtt, seconds - 3);
      const asked = await asking;
      const flooded = await flooding;
      say(
        `${usualPayload(0).length} bytes a message; API ${(asked.requests / asked.seconds).toFixed(0)} requests/s (${slowest(asked)})`,
      );
      return {
        api_p95_ms: rounded(percentile(asked.times, 0.95)),
        api_p50_ms: rounded(percentile(asked.times, 0.5)),
        level3_p99_ms: rounded(percentile(urgents.times, 0.99)),
        level3_p50_ms: rounded(percentile(urgents.times, 0.5)),
        level3_unanswered: urgents.unanswered,
        messages_per_s: rounded(flooded.messagesPerSecond),
        ordinary_p99_ms: rounded(flooded.p99),
      };
    }),
};
