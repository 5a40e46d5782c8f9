import { connect } from 'node:net';
import { limit, type Probe } from '../probe.ts';

export interface Peer {
  name: string;
  host: string;
  port: number;
}

const patience = 4000; // ms

function timeToConnect({ host, port }: Peer): Promise<number> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const socket = connect({ host, port });
    socket.setTimeout(patience, () => socket.destroy(new Error(`no answer in ${patience} ms`)));
    socket.once('connect', () => {
      resolve(performance.now() - began);
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

/**
 * The slowest way to a peer: our own listeners, and what lies on other machines (database, objects, a gateway site).
 * One that does not answer is named (I-5.1-d-2).
 */
export function networkProbe(peers: () => readonly Peer[]): Probe {
  return {
    source: 'network',
    unit: 'ms',
    usual: limit(300, 150),
    read: async () => {
      const times = await Promise.all(
        peers().map(async (peer) => ({
          name: peer.name,
          ms: await timeToConnect(peer).catch((cause: Error) => {
            throw new Error(`${peer.name}: ${cause.message}`);
          }),
        })),
      );
      const slowest = times.toSorted((a, b) => b.ms - a.ms)[0];
      return { value: Math.round(slowest?.ms ?? 0), detail: slowest?.name ?? '' };
    },
  };
}
