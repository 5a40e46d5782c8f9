import { Client } from '../client.ts';
import { withPlatform } from '../platform.ts';
import { type BenchContext, type Benchmark, rounded } from '../result.ts';
import { settle } from '../tenancies.ts';

interface Run {
  id: string;
  state: string;
  passed: number;
  bills: number;
  lines: number;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Bills one month of all leases; answers seconds from asking to done. */
async function billed(
  client: Client,
  period: string,
  say: BenchContext['say'],
): Promise<{ seconds: number; run: Run }> {
  const began = performance.now();
  const { id } = await client.post<Run>('/bills/runs', { period });
  for (;;) {
    await pause(250);
    const run = (await client.get<Run[]>('/bills/runs')).find((each) => each.id === id);
    if (run?.state === 'running') continue;
    if (!run) throw new Error('the run is gone');
    const seconds = (performance.now() - began) / 1000;
    say(`${period}: ${run.bills} bills, ${run.lines} lines in ${seconds.toFixed(1)} s`);
    return { seconds, run };
  }
}

const lists = (period: string): string[] => [
  `/bills/lines?period=${period}&limit=50`,
  `/bills/lines?period=${period}&subject=water&state=open&limit=50`,
  '/bills/lines?state=late&limit=50',
  `/bills/lines?period=${period}&place=bench%2F4711%2F&limit=50`,
  `/bills?period=${period}&state=open&limit=50`,
  `/bills/figures?period=${period}`,
];

/** Asks each list again and again; answers the 95th percentile of all answers. */
async function listed(client: Client, period: string, rounds: number, say: BenchContext['say']): Promise<number> {
  const all: number[] = [];
  for (const path of lists(period)) {
    const times: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      const began = performance.now();
      await client.get(path);
      if (round > 0) times.push(performance.now() - began);
    }
    times.sort((a, b) => a - b);
    say(`${path}: ${times[times.length >> 1]?.toFixed(1)} ms`);
    all.push(...times);
  }
  return all.sort((a, b) => a - b)[Math.floor(all.length * 0.95)] ?? Number.NaN;
}

export const bills: Benchmark = {
  name: 'bills',
  summary: 'the month’s bills of 100,000 leases by the worker, and lists and sums over a million lines by the API',
  goals: { seconds: { at: '≤', value: 60 }, list_p95_ms: { at: '≤', value: 300 } },
  run: ({ say, option }) =>
    withPlatform({ demo: 10 }, async (platform) => {
      const client = new Client(platform);
      const tariff = { subject: 'water', effectiveOn: '2026-01-01', basis: 'bench' };
      await client.post('/fees/tariffs', { ...tariff, steps: [{ upTo: null, price: 28_500 }] });
      await settle(platform, option('leases', 100_000));
      const { seconds, run } = await billed(client, '2026-06', say);
      const months = option('months', 4);
      for (let month = 1; month <= months; month++)
        await billed(client, `2026-${String(6 + month).padStart(2, '0')}`, say);
      const list = await listed(client, '2026-06', option('rounds', 20), say);
      return { seconds: rounded(seconds), bills: run.bills, lines: run.lines, list_p95_ms: rounded(list) };
    }),
};
