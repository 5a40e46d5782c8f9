import { setTimeout as sleep } from 'node:timers/promises';
import { type Histogram, newHistogram, record } from '../histogram.ts';
import { getRequest, HttpConnection } from './http-client.ts';

export interface HttpLoad {
  port: number;
  key: string;
  users: number;
  seconds: number;
  /** Paths, asked for in turn, each user beginning elsewhere. */
  paths: string[];
  /** Milliseconds a user looks at an answer before the next request; 0 = none. */
  pause: number;
}

export interface HttpLoadDone {
  requests: number;
  refused: number;
  seconds: number;
  times: Histogram;
  /** By the path's kind: everything up to the first identifier or question. */
  byKind: Record<string, Histogram>;
}

/** Addresses of the loopback network for each user: together they stay below the limit of one address. */
const addressesOf = (user: number, users: number): string[] => {
  const each = Math.max(1, Math.ceil(200 / users));
  return Array.from({ length: each }, (_, n) => {
    const number = user * each + n;
    return `127.0.${1 + Math.floor(number / 250)}.${1 + (number % 250)}`;
  });
};

const kindOf = (path: string): string => path.replace(/\?.*$/, '').replace(/[0-9a-f-]{36}/g, ':id');

async function run(load: HttpLoad): Promise<HttpLoadDone> {
  const requests = load.paths.map((path) => ({ kind: kindOf(path), bytes: getRequest(path, load.key) }));
  const connections: HttpConnection[][] = [];
  for (let user = 0; user < load.users; user++) {
    const addresses = process.platform === 'linux' ? addressesOf(user, load.users) : ['127.0.0.1'];
    connections.push(await Promise.all(addresses.map((address) => HttpConnection.connect(load.port, address))));
  }
  process.send?.({ ready: true });
  await new Promise((resolve) => process.once('message', resolve));
  const times = newHistogram();
  const byKind: Record<string, Histogram> = {};
  let refused = 0;
  const began = performance.now();
  const until = began + load.seconds * 1000;
  await Promise.all(
    connections.map(async (own, user) => {
      for (let turn = user * 7; performance.now() < until; turn++) {
        const request = requests[turn % requests.length];
        const connection = own[turn % own.length];
        if (!request || !connection) return;
        const sent = performance.now();
        const status = await connection.send(request.bytes);
        const took = performance.now() - sent;
        record(times, took);
        byKind[request.kind] ??= newHistogram();
        record(byKind[request.kind] as Histogram, took);
        if (status !== 200) refused += 1;
        if (load.pause > 0) await sleep(load.pause);
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  for (const connection of connections.flat()) connection.end();
  return { requests: times.total, refused, seconds, times, byKind };
}

process.once('message', (load: HttpLoad) => {
  run(load).then(
    (done) => process.send?.({ done }, () => process.exit(0)),
    (cause: Error) => process.send?.({ failed: cause.message }, () => process.exit(1)),
  );
});
