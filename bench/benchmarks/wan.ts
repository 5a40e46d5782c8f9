import { DistantLine } from '@keystead/kernel/testing/line';
import { Client } from '../client.ts';
import { withPlatform } from '../platform.ts';
import { type Benchmark, rounded } from '../result.ts';
import { stock } from '../stock.ts';
import { sendAll } from './mqtt-ingest.ts';

/** Far away: 200 ms there and back, one segment in a hundred comes only after TCP has sent it again. */
export const wan: Benchmark = {
  name: 'wan',
  summary: 'device to acknowledgement over a line of 200 ms and 1 % loss (as retransmission delay), 1,000 messages/s',
  goals: { mean_ms: { at: '≤', value: 2_000 } },
  run: ({ say, option }) =>
    withPlatform({}, async (platform) => {
      const devices = await stock(new Client(platform), option('devices', 100));
      const roundTrip = option('ms', 200);
      const loss = option('loss', 1) / 100;
      const seconds = option('seconds', 60);
      const rate = option('rate', 1_000);
      const faults = { delay: roundTrip / 2, loss, again: roundTrip * 2 };
      const line = new DistantLine(platform.ports.mqtt, faults);
      try {
        const port = await line.listen();
        const far = await sendAll({ target: { port }, window: 100, seconds, rate }, devices);
        say(`${line.lost} of ${line.segments} segments were lost and sent again`);
        const near = await sendAll({ target: { port: platform.ports.mqtt }, window: 100, seconds: 10, rate }, devices);
        return {
          mean_ms: rounded(far.mean),
          p50_ms: rounded(far.p50),
          p99_ms: rounded(far.p99),
          messages: far.total,
          lost_percent: rounded((100 * line.lost) / Math.max(1, line.segments)),
          loopback_mean_ms: rounded(near.mean),
        };
      } finally {
        await line.close();
      }
    }),
};
