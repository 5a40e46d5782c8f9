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

/** Starts a server and gives its port; rejects when it cannot listen. */
export function openServer(server: Server, at: ListenAt, connections: number, log: Log): Promise<number> {
  server.maxConnections = connections;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: at.port, host: at.host, backlog: 1024 }, () => {
      server.removeListener('error', reject);
      server.on('error', (error) => log.error({ err: error }, 'device listener failed'));
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : at.port);
    });
  });
}
