import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Answer } from './judgement.ts';

/** Who is asked about: as the authority registers people. */
export interface Inquiry {
  readonly id: string;
  readonly name: string;
  readonly residentId: string;
}

/** Where an authority answers, and the secret both sign with. */
export interface SourceAddress {
  readonly url: string;
  readonly secret: string;
}

/** The port to authorities (civil affairs, real estate, tax …): answers, or throws. */
export type AskSource = (address: SourceAddress, inquiry: Inquiry, at: Date, signal: AbortSignal) => Promise<Answer>;

/** No usable answer; tried again later. */
export class SourceSilent extends Error {}

const answerLimit = 64 * 1024;
const signatureHeader = 'x-keystead-signature';

/** `HMAC-SHA-256(secret, timestamp "\n" body)`, hexadecimal: the same both ways. */
export const signature = (secret: string, timestamp: string, body: string): string =>
  createHmac('sha256', secret).update(`${timestamp}\n${body}`).digest('hex');

const amount = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;

function readAnswer(text: string): Answer {
  const read: unknown = JSON.parse(text);
  if (read === null || typeof read !== 'object') throw new SourceSilent('no object');
  const { income, assets, area } = read as Record<string, unknown>;
  const known = { income: amount(income), assets: amount(assets), area: amount(area) };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}

const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** Asks over HTTP: both request and answer are signed, so that neither can be forged on the way. Throws SourceSilent. */
export const askOverHttp: AskSource = async ({ url, secret }, inquiry, at, signal) => {
  const body = JSON.stringify(inquiry);
  const timestamp = at.toISOString();
  const headers = {
    'content-type': 'application/json',
    'x-keystead-timestamp': timestamp,
    [signatureHeader]: signature(secret, timestamp, body),
  };
  const reply = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'error' });
  const text = await reply.text();
  if (!reply.ok || text.length > answerLimit) throw new SourceSilent(`status ${reply.status}`);
  // The signature binds the answer to this question: its time is that of the question.
  if (!same(reply.headers.get(signatureHeader) ?? '', signature(secret, timestamp, text)))
    throw new SourceSilent('signature');
  return readAnswer(text);
};
