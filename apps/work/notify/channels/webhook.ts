import { createHmac } from 'node:crypto';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { failed, type Outgoing, type Sender, type SendResult } from './sender.ts';
import { guardedLookup, mayConnect, TargetRefused } from './target.ts';

const patience = 10_000; // ms
const readLimit = 4096; // bytes of the answer that are looked at

/** `t=<seconds>,v1=<hex HMAC-SHA256 of "<seconds>.<body>">`: the time is signed with the body against replays. */
export function signature(secret: string, body: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

export const webhookBody = (message: Outgoing): string =>
  JSON.stringify({
    id: message.id,
    organisation: message.organisation,
    trigger: message.trigger,
    phase: message.phase,
    severity: message.severity,
    title: message.title,
    body: message.body,
    about: message.about,
    at: message.at.toISOString(),
  });

/** A refusal that will be the same next time; 408 and 429 ask to come again. */
const forGood = (status: number): boolean => status >= 400 && status < 500 && status !== 408 && status !== 429;

function judge(response: IncomingMessage, url: URL, done: (result: SendResult) => void): void {
  const status = response.statusCode ?? 0;
  let text = '';
  response.setEncoding('utf8');
  response.on('data', (part: string) => {
    if (text.length < readLimit) text += part;
    else response.destroy();
  });
  response.on('close', () => {
    // Redirects are not followed: they would lead past the address check.
    if (status >= 200 && status < 300) done({ ok: true, sentTo: url.host });
    else done(failed(`HTTP ${status} ${text.slice(0, 200)}`.trim(), forGood(status)));
  });
  response.on('error', () => {});
}

export interface Posting {
  readonly url: string;
  readonly body: string;
  /** Stays the same over every try. */
  readonly delivery: string;
  readonly secret: string | undefined;
  readonly allowed: readonly string[];
  readonly now: Date;
}

/** POST of JSON with an HMAC signature; within ten seconds; not into inner networks unless allowed. */
export const postSigned = ({ url: text, body, delivery, secret, allowed, now }: Posting): Promise<SendResult> =>
  new Promise((done) => {
    const url = new URL(text);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) !== 0 && !mayConnect(host, allowed)) return done(failed(new TargetRefused(host), true));
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const request = send(
      url,
      {
        method: 'POST',
        agent: false,
        lookup: guardedLookup(allowed),
        signal: AbortSignal.timeout(patience),
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'keystead-notify',
          'x-keystead-delivery': delivery,
          ...(secret ? { 'x-keystead-signature': signature(secret, body, now) } : {}),
        },
      },
      (response) => judge(response, url, done),
    );
    request.on('error', (cause) => done(failed(cause, cause instanceof TargetRefused)));
    request.end(body);
  });

/** A notice to another system. */
export const sendWebhook: Sender = async (message, { channel, ...context }) =>
  channel.kind === 'webhook'
    ? postSigned({ ...context, url: channel.settings.url, body: webhookBody(message), delivery: message.id })
    : failed('not a webhook', true);
