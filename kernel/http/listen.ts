import { createServer, type Server } from 'node:https';
import type { FastifyInstance } from 'fastify';

export interface ListenOptions {
  /** Clear-text port, on loopback only. */
  port: number;
  tls?: {
    port: number;
    bind: string;
    key: string;
    cert: string;
    /**
     * Browsers are to come by TLS only from now on. For a certificate that others vouch for: with one of our own a
     * visitor has to trust it by hand first, and the promise, which covers every port of the name, would lock him out
     * of the clear-text listener on loopback and out of the host when the certificate is made anew.
     */
    strict: boolean;
  };
}

const halfAYear = 180 * 24 * 3600; // s

/** Opens the listeners of an application: clear text on loopback, TLS ≥ 1.2 wherever it is bound to. */
export async function listenOn(
  app: FastifyInstance,
  options: ListenOptions,
): Promise<{ port: number; tlsPort?: number; close(): Promise<void> }> {
  await app.listen({ port: options.port, host: '127.0.0.1' });
  const address = app.server.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  if (!options.tls) return { port, close: () => app.close() };
  const { key, cert, bind, strict } = options.tls;
  const secure: Server = createServer({ key, cert, minVersion: 'TLSv1.2' }, (request, response) => {
    if (strict) response.setHeader('strict-transport-security', `max-age=${halfAYear}`);
    app.routing(request, response);
  });
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
