import type { Installation } from '@keystead/kernel/testing/installation';
import { Client } from '../client.ts';
import { percentile } from '../histogram.ts';
import { startLoad } from '../load/child.ts';
import type { HttpLoad, HttpLoadDone } from '../load/http-load.ts';
import { withPlatform } from '../platform.ts';
import { type BenchContext, type Benchmark, rounded } from '../result.ts';
import { type Device, stock } from '../stock.ts';
import { sendAll } from './mqtt-ingest.ts';
import { usualOperations } from './usual-operations.ts';

const portOf = (platform: Installation): number => platform.ports.http;

/** What people of a duty desk ask for: lists and details of what there is. */
export async function mixOf(client: Client, devices: readonly Device[]): Promise<string[]> {
  const { items: places } = await client.get<{ items: { id: string }[] }>('/places?limit=5');
  const { items: alarms } = await client.get<{ items: { id: string }[] }>('/alarms?limit=20');
  const some = devices.slice(0, 20);
  return [
    '/things?limit=50',
    '/alarms?limit=50',
    '/alarms/counts',
    '/cases?limit=50',
    '/things?online=online&limit=50',
    '/places/tree',
    ...some.map(({ id }) => `/things/${id}`),
    ...some.map(({ id }) => `/telemetry/things/${id}/latest`),
    ...alarms.map(({ id }) => `/alarms/${id}`),
    ...places.map(({ id }) => `/places/${id}`),
  ].map((path) => `/api/v1${path}`);
}

export async function askAll(
  platform: Installation,
  task: Pick<HttpLoad, 'users' | 'seconds' | 'paths' | 'pause'>,
): Promise<HttpLoadDone> {
  const load = startLoad<HttpLoad, HttpLoadDone>('http-load.ts', {
    ...task,
    port: portOf(platform),
    key: platform.apiKey,
  });
  await load.ready;
  const done = await load.go();
  if (done.refused > done.requests / 100) throw new Error(`${done.refused} of ${done.requests} requests were refused`);
  return done;
}

export function slowest({ byKind }: HttpLoadDone): string {
  return Object.entries(byKind)
    .map(([kind, times]) => ({ kind, p95: percentile(times, 0.95) }))
    .sort((a, b) => b.p95 - a.p95)
    .slice(0, 3)
    .map(({ kind, p95 }) => `${kind} ${p95.toFixed(0)} ms`)
    .join(', ');
}

/** Users that ask again as soon as they have their answer (`pause` 0): as many requests are under way as there are users. */
async function atOnce(platform: Installation, { say, option }: BenchContext) {
  const client = new Client(platform);
  const devices = await stock(client, option('devices', 2000));
  const seconds = option('seconds', 10);
  await sendAll({ target: { port: platform.ports.mqtt }, window: 10, seconds: 3, rate: 2000 }, devices.slice(0, 100));
  const paths = await mixOf(client, devices);
  const ask = async (users: number, pause = 0, length = seconds) => {
    const done = await askAll(platform, { users, pause, seconds: length, paths });
    const p95 = percentile(done.times, 0.95);
    const rate = done.requests / done.seconds;
    say(
      `${users} users${pause ? ', a second between requests' : ''}: ${rate.toFixed(0)} requests/s, p95 ${p95.toFixed(1)} ms (${slowest(done)})`,
    );
    return { p95, p50: percentile(done.times, 0.5), rate };
  };
  await ask(10, 0, 3);
  const few = await ask(10);
  const many = await ask(100);
  const more = await ask(120);
  const calm = await ask(100, 1000);
  return {
    p95_ms: rounded(many.p95),
    p50_ms: rounded(many.p50),
    requests_per_s: rounded(many.rate),
    p95_10_users_ms: rounded(few.p95),
    p95_120_users_ms: rounded(more.p95),
    p95_calm_ms: rounded(calm.p95),
    rate_100_to_10: rounded(many.rate / few.rate),
    rate_120_to_100: rounded(more.rate / many.rate),
  };
}

/** Users at the limit of the machine, and people as they are; see usual-operations.ts. */
export const api: Benchmark = {
  name: 'api',
  summary: 'answer time with 10, 100 and 120 users: asking without a pause, and as people do',
  goals: {
    p95_ms: { at: '≤', value: 200 },
    login_mean_ms: { at: '≤', value: 2000 },
    query_mean_ms: { at: '≤', value: 2000 },
    command_mean_ms: { at: '≤', value: 2000 },
    wait_100_to_10: { at: '≤', value: 1.1 },
    wait_120_to_10: { at: '≤', value: 1.1 },
  },
  run: async (context) => {
    const { say, option } = context;
    const flat = await withPlatform({}, (platform) => atOnce(platform, context));
    // The demo organisation waives the second factor, so that people sign in with name and password alone.
    const people = await withPlatform({ demo: 10 }, (platform) =>
      usualOperations(platform, { say, seconds: option('seconds', 10), rounds: option('rounds', 3) }),
    );
    return { ...flat, ...people };
  },
};
