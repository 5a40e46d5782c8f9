import type { Server } from 'node:net';
import type { Log } from '@keystead/kernel/base';

/** Where a listener stands. Port 0 = any free one. */
export interface ListenAt {
  port: number;
  host: string;
}

/** The same with what TLS needs, in PEM. */
export interface ListenSecurely extends ListenAt {
  key: string | Buffer;
  cert: string | Buffer;
}

/**
 * Handshakes that may wait to be accepted, where the kernel lets so many (`somaxconn`). One that finds no place tries
 * again after 1, 2, 4, 8 … s, so that a short queue makes a reconnect storm last half a minute.
 */
const backlog = 16_384;

/** Starts a server and gives its port; rejects when it cannot listen. */
export function openServer(server: Server, at: ListenAt, connections: number, log: Log): Promise<number> {
  server.maxConnections = connections;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: at.port, host: at.host, backlog }, () => {
      server.removeListener('error', reject);
      server.on('error', (error) => log.error({ err: error }, 'device listener failed'));
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : at.port);
    });
  });
}
