import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Log } from '@keystead/kernel/base';
import { CredentialUnknown, PayloadTooLarge, type Refusal, refuse } from '@keystead/terminals/port';
import { eventLimit } from './network-server.ts';

export interface WebhookUse {
  token: string;
  /** The event's name as ChirpStack puts it into the address (`?event=up`); '' otherwise. A refusal is answered 400. */
  on(event: string, body: Uint8Array): Promise<Refusal | undefined>;
  refused(refusal: Refusal, sample: Uint8Array): void;
}

const digest = (text: string) => createHash('sha256').update(text).digest();

async function bodyOf(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > eventLimit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function answer(request: IncomingMessage, response: ServerResponse, use: WebhookUse): Promise<void> {
  const end = (status: number) => response.writeHead(status, { connection: 'close' }).end();
  const given = digest(request.headers.authorization ?? '');
  if (!timingSafeEqual(given, digest(`Bearer ${use.token}`))) {
    use.refused(refuse(CredentialUnknown), new Uint8Array(0));
    return void end(401);
  }
  if (request.method !== 'POST') return void end(405);
  const body = await bodyOf(request);
  if (!body) {
    use.refused(refuse(PayloadTooLarge), new Uint8Array(0));
    return void end(413);
  }
  const event = new URL(request.url ?? '/', 'http://webhook').searchParams.get('event') ?? '';
  const refusal = await use.on(event, body);
  response.writeHead(refusal ? 400 : 200).end();
}

/** Listens for a network server's webhooks. 200 is answered only once the words are durable; 503 asks for another try. */
export async function openWebhook(
  { host = '127.0.0.1', port }: { host?: string; port: number },
  use: WebhookUse,
  log: Log,
): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000, maxHeaderSize: 16_384 });
  server.maxConnections = 256;
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response, use).catch((cause: unknown) => {
      log.warn({ err: cause }, 'webhook not taken');
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
