import { Client } from '../client.ts';
import { withPlatform } from '../platform.ts';
import { processOfRole } from '../processes.ts';
import { type BenchContext, type Benchmark, rounded } from '../result.ts';
import { settle } from '../tenancies.ts';

interface Run {
  id: string;
  total: number;
  state: string;
  passed: number;
  bills: number;
  lines: number;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Bills one month of all leases; answers seconds from asking to done. `halfWay` is called once when half is done. */
async function billed(
  client: Client,
  period: string,
  say: BenchContext['say'],
  halfWay?: () => void,
): Promise<{ seconds: number; run: Run }> {
  const began = performance.now();
  const { id } = await client.post<Run>('/bills/runs', { period });
  let untold = halfWay;
  for (;;) {
    await pause(250);
    const run = (await client.get<Run[]>('/bills/runs')).find((each) => each.id === id);
    if (run && run.passed > run.total / 2) {
      untold?.();
      untold = undefined;
    }
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
  goals: {
    seconds: { at: '≤', value: 60 },
    killed_seconds: { at: '≤', value: 60 },
    list_p95_ms: { at: '≤', value: 300 },
  },
  run: ({ say, option }) =>
    withPlatform({ demo: 10 }, async (platform) => {
      const client = new Client(platform);
      const tariff = { subject: 'water', effectiveOn: '2026-01-01', basis: 'bench' };
      await client.post('/fees/tariffs', { ...tariff, steps: [{ upTo: null, price: 28_500 }] });
      await settle(platform, option('leases', 100_000));
      const { seconds, run } = await billed(client, '2026-06', say);
      // The second month's run loses its worker in the middle and goes on in the next one.
      const killed = await billed(client, '2026-07', say, () => {
        const worker = processOfRole(platform.pid, 'worker');
        say(`half way: kill -9 of the worker, ${worker}`);
        if (worker !== undefined) process.kill(worker, 'SIGKILL');
      });
      if (killed.run.bills !== run.bills)
        throw new Error(`${killed.run.bills} bills after a kill, ${run.bills} without`);
      let lines = run.lines + killed.run.lines;
      for (let month = 8; lines < option('lines', 1_000_000) && month <= 12; month++)
        lines += (await billed(client, `2026-${String(month).padStart(2, '0')}`, say)).run.lines;
      await client.get('/bills/figures?period=2026-06');
      const list = await listed(client, '2026-06', option('rounds', 20), say);
      return {
        ...{ seconds: rounded(seconds), killed_seconds: rounded(killed.seconds), bills: run.bills },
        ...{ lines, list_p95_ms: rounded(list) },
      };
    }),
};
