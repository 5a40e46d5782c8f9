import { type IncomingMessage, request as plain } from 'node:http';
import { request as secured } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { CertificateUntrusted, CredentialUnknown, DeviceSilent, PayloadTooLarge } from '../refusal.ts';
import { authorize, type Login } from './authorization.ts';

/** A question to a device's own web server. */
export interface SignedRequest {
  url: string;
  method?: 'GET' | 'POST';
  headers?: Readonly<Record<string, string>>;
  body?: string;
  login?: Login;
  /** SHA-256 fingerprint of its certificate, when it is one nobody signed. */
  fingerprint?: string;
  /** Bytes its answer may have. */
  most: number;
}

const plainHex = (text: string) => text.replaceAll(':', '').toLowerCase();

function ask(request: SignedRequest, authorization: string | undefined, signal: AbortSignal): Promise<IncomingMessage> {
  const { url, method = 'GET', body, fingerprint } = request;
  const headers = { ...request.headers, ...(authorization ? { authorization } : {}) };
  return new Promise((resolve, reject) => {
    const https = url.startsWith('https:');
    const own = fingerprint ? { rejectUnauthorized: false } : {};
    const options = { method, headers, signal, agent: false as const, ...own };
    const sent = https ? secured(url, options) : plain(url, options);
    sent.on('error', reject);
    sent.on('response', resolve);
    // Nothing is sent before the device has shown that it is the one.
    if (https && fingerprint)
      sent.on('socket', (socket) =>
        socket.once('secureConnect', () => {
          const shown = (socket as TLSSocket).getPeerCertificate().fingerprint256 ?? '';
          if (plainHex(shown) === plainHex(fingerprint)) sent.end(body);
          else sent.destroy(new CertificateUntrusted({ detail: shown }));
        }),
      );
    else sent.end(body);
  });
}

async function bodyOf(answer: IncomingMessage, most: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > most) throw new PayloadTooLarge({ limit: most });
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/**
 * Asks without a password first, and answers the challenge that comes. Throws DeviceSilent, CredentialUnknown,
 * CertificateUntrusted, PayloadTooLarge; any other status is the caller's to judge.
 */
export async function signedRequest(
  request: SignedRequest,
  timeout: number,
): Promise<{ status: number; body: Buffer }> {
  const signal = AbortSignal.timeout(timeout);
  try {
    let answer = await ask(request, undefined, signal);
    if (answer.statusCode === 401 && request.login) {
      answer.resume();
      const { pathname, search } = new URL(request.url);
      const challenges = answer.headersDistinct['www-authenticate'] ?? [];
      const authorization = authorize(challenges, request.login, request.method ?? 'GET', pathname + search);
      if (authorization === undefined) throw new CredentialUnknown({ detail: 'no known way to sign in' });
      answer = await ask(request, authorization, signal);
    }
    const status = answer.statusCode ?? 0;
    if (status === 401) {
      answer.destroy();
      throw new CredentialUnknown();
    }
    return { status, body: await bodyOf(answer, request.most) };
  } catch (cause) {
    if (cause instanceof Error && 'type' in cause) throw cause;
    throw new DeviceSilent({ detail: cause instanceof Error ? cause.message : String(cause) });
  }
}
