import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from '@keystead/kernel/base';
import {
  bodyWithin,
  CredentialUnknown,
  isRefusal,
  openReceiver,
  PayloadTooLarge,
  type Receiver,
  type Refusal,
  refuse,
} from '@keystead/terminals/port';
import { type Cloud, type Push, pushLimit } from './cloud.ts';

export interface PushUse {
  cloud: Cloud;
  /** Resolves once all of it is durable; until then the cloud is not answered. */
  take(push: Push, body: Uint8Array): Promise<void>;
  refused(refusal: Refusal, sample: Uint8Array): void;
}

async function answer(request: IncomingMessage, response: ServerResponse, use: PushUse): Promise<void> {
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
  const body = await bodyWithin(request, pushLimit);
  if (!body) return turnDown(refuse(PayloadTooLarge), new Uint8Array(0));
  const push = use.cloud.read(url.pathname, body);
  if (isRefusal(push)) return turnDown(push, body);
  await use.take(push, body);
  end(200, '{"code":0}');
}

/** Listens for a cloud's pushes; 503 asks it to try again later. */
export const openPushes = (at: { host?: string; port: number }, use: PushUse, log: Log): Promise<Receiver> =>
  openReceiver({ ...at, connections: 512 }, (request, response) => answer(request, response, use), log);
