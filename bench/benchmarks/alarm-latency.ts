import { setTimeout as sleep } from 'node:timers/promises';
import { noteAppearances, openBrowser, signedIn } from '../browser.ts';
import { Client } from '../client.ts';
import { newHistogram, percentile, record } from '../histogram.ts';
import { MqttDevice, ringOf } from '../load/mqtt-client.ts';
import { withPlatform } from '../platform.ts';
import { type Benchmark, rounded } from '../result.ts';
import { type Device, stock } from '../stock.ts';
import { sendAll } from './mqtt-ingest.ts';

const senders = 50;

/** The moment of publication travels in the message itself, as its event time. */
const alarmPayload = (at: number): string =>
  `{"ts":${Math.round(at)},"values":{"temperature":75.5,"humidity":40.0,"co2":500}}`;

/** Each device raises its alarm once; answers when each was published, ms since 1970. */
async function raiseAll(devices: readonly Device[], port: number, pauseMs: number): Promise<Map<string, number>> {
  const times = newHistogram();
  const published = new Map<string, number>();
  for (const { token, code } of devices) {
    const device = await MqttDevice.connect({ port }, token, ringOf([alarmPayload(0)]), times);
    const at = performance.timeOrigin + performance.now();
    device.use(ringOf([alarmPayload(at)]));
    device.send(1);
    published.set(code, at);
    await sleep(pauseMs);
    device.end();
  }
  return published;
}

/**
 * From the publication of a reading that breaks a rule to the moment the alarm's text stands in an open console page,
 * seen from outside by a MutationObserver, while 2,000 other messages a second are taken in.
 */
export const alarmLatency: Benchmark = {
  name: 'alarm-latency',
  summary: 'publication to alarm in an open browser page, at 2,000 messages a second',
  goals: { p99_ms: { at: '≤', value: 150 } },
  run: ({ say, option }) =>
    // The demo organisation waives the second factor, so that a browser can sign in by name and password.
    withPlatform({ demo: 10 }, async (platform) => {
      const client = new Client(platform);
      const alarms = option('alarms', 200);
      const pauseMs = option('pause', 150);
      const rate = option('rate', 2000);
      const devices = await stock(client, senders + alarms);
      // Alarms of one cause are gathered under one row; here each is to be seen by itself.
      await client.call('PUT', '/alarms/grouping', { enabled: false, window: 300, settle: 60 });
      const browser = await openBrowser();
      try {
        const page = await signedIn(browser, platform, '/alarms');
        await page.waitForLoadState('networkidle');
        const seen = await noteAppearances(page, 'BENCH-\\d{6}');
        const seconds = Math.ceil((alarms * (pauseMs + 20)) / 1000) + 6;
        say(`${rate} messages/s for ${seconds} s, ${alarms} alarms one after the other`);
        const load = sendAll(
          { target: { port: platform.ports.mqtt }, window: 100, seconds, rate },
          devices.slice(0, senders),
        );
        await sleep(3000);
        const published = await raiseAll(devices.slice(senders), platform.ports.mqtt, pauseMs);
        await sleep(2000);
        const { messagesPerSecond } = await load;
        const appeared = await seen();
        const times = newHistogram();
        let missing = 0;
        for (const [code, at] of published) {
          const shownAt = appeared.get(code);
          if (shownAt === undefined) missing += 1;
          else record(times, shownAt - at);
        }
        if (times.total === 0) throw new Error('no alarm appeared in the page');
        return {
          p50_ms: rounded(percentile(times, 0.5)),
          p99_ms: rounded(percentile(times, 0.99)),
          most_ms: rounded(times.most),
          alarms: times.total,
          missing,
          messages_per_s: rounded(messagesPerSecond),
        };
      } finally {
        await browser.close();
      }
    }),
};
