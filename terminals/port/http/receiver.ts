import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Log } from '@keystead/kernel/base';

export interface ReceiverSettings {
  /** Loopback unless named. */
  host?: string;
  port: number;
  /** Connections at once. */
  connections: number;
}

export interface Receiver {
  /** Where it listens. */
  readonly port: number;
  close(): Promise<void>;
}

/** The whole body; undefined, and nothing more read, as soon as it is longer than `most` bytes. */
export async function bodyWithin(request: IncomingMessage, most: number): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > most) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Listens for what somebody else's platform pushes to us. `answer` ends the response; when it fails, 503 asks the pusher to
 * come again in 5 s, so nothing that was not kept is ever confirmed.
 */
export async function openReceiver(
  { host = '127.0.0.1', port, connections }: ReceiverSettings,
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  log: Log,
): Promise<Receiver> {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000, maxHeaderSize: 16_384 });
  server.maxConnections = connections;
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response).catch((cause: unknown) => {
      log.warn({ err: cause }, 'push not taken');
      if (!response.headersSent) response.writeHead(503, { 'retry-after': '5', connection: 'close' });
      response.end();
    });
  });
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    close: async () => {
      const end = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await end;
    },
  };
}
