import { createHmac } from 'node:crypto';

/** One event of an aid, as the medical service is told of it. */
export interface VitalMessage {
  /** The same when it is sent again. */
  readonly id: string;
  readonly person: string;
  readonly event: string;
  readonly at: string;
  readonly data: unknown;
}

export interface MedicalAddress {
  readonly url: string;
  readonly secret: string;
}

/** The port to a medical service platform: resolves once it took the message, else throws. */
export type SendVital = (
  address: MedicalAddress,
  message: VitalMessage,
  at: Date,
  signal: AbortSignal,
) => Promise<void>;

/** It did not take the message; sent again later. */
export class MedicalServiceSilent extends Error {}

/** `HMAC-SHA-256(secret, timestamp "\n" body)`, hexadecimal. */
export const signature = (secret: string, timestamp: string, body: string): string =>
  createHmac('sha256', secret).update(`${timestamp}\n${body}`).digest('hex');

/** Signed JSON over HTTP; the id is the idempotency key. Never follows a redirect: it would tell somebody else. */
export const sendOverHttp: SendVital = async ({ url, secret }, message, at, signal) => {
  const body = JSON.stringify(message);
  const timestamp = at.toISOString();
  const reply = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': message.id,
      'x-keystead-timestamp': timestamp,
      'x-keystead-signature': signature(secret, timestamp, body),
    },
    body,
    signal,
    redirect: 'error',
  });
  await reply.body?.cancel();
  if (!reply.ok) throw new MedicalServiceSilent(`status ${reply.status}`);
};
