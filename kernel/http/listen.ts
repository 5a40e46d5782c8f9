import { createServer, type Server } from 'node:https';
import type { FastifyInstance } from 'fastify';

export interface ListenOptions {
  /** Clear-text port, on loopback only. */
  port: number;
  tls?: { port: number; bind: string; key: string; cert: string };
}

/** Opens the listeners of an application: clear text on loopback, TLS ≥ 1.2 wherever it is bound to. */
export async function listenOn(
  app: FastifyInstance,
  options: ListenOptions,
): Promise<{ port: number; tlsPort?: number; close(): Promise<void> }> {
  await app.listen({ port: options.port, host: '127.0.0.1' });
  const address = app.server.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  if (!options.tls) return { port, close: () => app.close() };
  const { key, cert, bind } = options.tls;
  const secure: Server = createServer({ key, cert, minVersion: 'TLSv1.2' }, (request, response) =>
    app.routing(request, response),
  );
  secure.on('upgrade', (request, socket, head) => app.server.emit('upgrade', request, socket, head));
  await new Promise<void>((resolve, reject) => {
    secure.once('error', reject);
    secure.listen(options.tls?.port, bind, resolve);
  });
  const secureAddress = secure.address();
  return {
    port,
    tlsPort: typeof secureAddress === 'object' && secureAddress ? secureAddress.port : options.tls.port,
    close: async () => {
      secure.closeAllConnections();
      await new Promise<void>((resolve) => secure.close(() => resolve()));
      await app.close();
    },
  };
}
