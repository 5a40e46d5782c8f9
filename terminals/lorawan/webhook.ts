import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from '@keystead/kernel/base';
import {
  bodyWithin,
  CredentialUnknown,
  openReceiver,
  PayloadTooLarge,
  type Receiver,
  type Refusal,
  refuse,
} from '@keystead/terminals/port';
import { eventLimit } from './network-server.ts';

export interface WebhookUse {
  token: string;
  /** The event's name as ChirpStack puts it into the address (`?event=up`); '' otherwise. A refusal is answered 400. */
  on(event: string, body: Uint8Array): Promise<Refusal | undefined>;
  refused(refusal: Refusal, sample: Uint8Array): void;
}

const digest = (text: string) => createHash('sha256').update(text).digest();

async function answer(request: IncomingMessage, response: ServerResponse, use: WebhookUse): Promise<void> {
  const end = (status: number) => response.writeHead(status, { connection: 'close' }).end();
  const given = digest(request.headers.authorization ?? '');
  if (!timingSafeEqual(given, digest(`Bearer ${use.token}`))) {
    use.refused(refuse(CredentialUnknown), new Uint8Array(0));
    return void end(401);
  }
  if (request.method !== 'POST') return void end(405);
  const body = await bodyWithin(request, eventLimit);
  if (!body) {
    use.refused(refuse(PayloadTooLarge), new Uint8Array(0));
    return void end(413);
  }
  const event = new URL(request.url ?? '/', 'http://webhook').searchParams.get('event') ?? '';
  const refusal = await use.on(event, body);
  response.writeHead(refusal ? 400 : 200).end();
}

/** Listens for a network server's webhooks. 200 is answered only once the words are durable; 503 asks for another try. */
export const openWebhook = (at: { host?: string; port: number }, use: WebhookUse, log: Log): Promise<Receiver> =>
  openReceiver({ ...at, connections: 256 }, (request, response) => answer(request, response, use), log);
