import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Log } from '@keystead/kernel/base';
import { CredentialUnknown, isRefusal, PayloadTooLarge, type Refusal, refuse } from '@keystead/terminals/port';
import { type Cloud, type Push, pushLimit } from './cloud.ts';

export interface ReceiverUse {
  cloud: Cloud;
  /** Resolves once all of it is durable; until then the cloud is not answered. */
  take(push: Push, body: Uint8Array): Promise<void>;
  refused(refusal: Refusal, sample: Uint8Array): void;
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > pushLimit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function answer(request: IncomingMessage, response: ServerResponse, use: ReceiverUse): Promise<void> {
  const end = (status: number, text = '') => {
    const headers = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' };
    response.writeHead(status, status === 200 ? headers : { ...headers, connection: 'close' }).end(text);
  };
  const turnDown = (refusal: Refusal, sample: Uint8Array) => {
    use.refused(refusal, sample);
    end(refusal.problem.status);
  };
  const url = new URL(request.url ?? '/', 'http://receiver');
  if (request.method === 'GET') {
    const word = use.cloud.greet?.(url.searchParams) ?? refuse(CredentialUnknown, 'no greeting is expected');
    return typeof word === 'string' ? end(200, word) : turnDown(word, Buffer.from(url.search));
  }
  if (request.method !== 'POST') return end(405);
  const body = await bodyOf(request);
  if (!body) return turnDown(refuse(PayloadTooLarge), new Uint8Array(0));
  const push = use.cloud.read(url.pathname, body);
  if (isRefusal(push)) return turnDown(push, body);
  await use.take(push, body);
  end(200, '{"code":0}');
}

/** Listens for a cloud's pushes; 503 asks it to try again later. */
export async function openReceiver(
  { host = '127.0.0.1', port }: { host?: string; port: number },
  use: ReceiverUse,
  log: Log,
): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000, maxHeaderSize: 16_384 });
  server.maxConnections = 512;
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response, use).catch((cause: unknown) => {
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
