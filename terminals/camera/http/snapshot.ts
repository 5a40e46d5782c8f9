import { type IncomingMessage, request as plain } from 'node:http';
import { request as secured } from 'node:https';
import type { TLSSocket } from 'node:tls';
import {
  CertificateUntrusted,
  CredentialUnknown,
  DeviceRefused,
  DeviceSilent,
  PayloadTooLarge,
} from '@keystead/terminals/port';
import { authorize, type Login } from './authorization.ts';

export interface SnapshotAddress {
  url: string;
  login?: Login;
  /** SHA-256 fingerprint of the camera's certificate, when it is one nobody signed. */
  fingerprint?: string;
}

const mostBytes = 8 * 1024 * 1024;
const plainHex = (text: string) => text.replaceAll(':', '').toLowerCase();

function ask(
  { url, fingerprint }: SnapshotAddress,
  authorization: string | undefined,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const headers = { accept: 'image/jpeg', ...(authorization ? { authorization } : {}) };
  return new Promise((resolve, reject) => {
    const https = url.startsWith('https:');
    const options = { headers, signal, agent: false as const, ...(fingerprint ? { rejectUnauthorized: false } : {}) };
    const sent = https ? secured(url, options) : plain(url, options);
    sent.on('error', reject);
    sent.on('response', resolve);
    // The password is only sent once the camera has shown that it is the one.
    if (https && fingerprint)
      sent.on('socket', (socket) =>
        socket.once('secureConnect', () => {
          const shown = (socket as TLSSocket).getPeerCertificate().fingerprint256 ?? '';
          if (plainHex(shown) === plainHex(fingerprint)) sent.end();
          else sent.destroy(new CertificateUntrusted({ detail: shown }));
        }),
      );
    else sent.end();
  });
}

async function bodyOf(answer: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > mostBytes) throw new PayloadTooLarge({ limit: mostBytes });
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/**
 * One picture of a camera, as bytes. Asks without a password first, and answers the challenge that comes.
 * Throws DeviceSilent, CredentialUnknown, DeviceRefused (any other status), CertificateUntrusted, PayloadTooLarge.
 */
export async function fetchSnapshot(address: SnapshotAddress, timeout: number): Promise<Buffer> {
  const signal = AbortSignal.timeout(timeout);
  try {
    let answer = await ask(address, undefined, signal);
    if (answer.statusCode === 401 && address.login) {
      answer.resume();
      const { pathname, search } = new URL(address.url);
      const challenges = answer.headersDistinct['www-authenticate'] ?? [];
      const authorization = authorize(challenges, address.login, 'GET', pathname + search);
      if (authorization === undefined) throw new CredentialUnknown({ detail: 'no known way to sign in' });
      answer = await ask(address, authorization, signal);
    }
    if (answer.statusCode !== 200) {
      answer.destroy();
      if (answer.statusCode === 401) throw new CredentialUnknown();
      throw new DeviceRefused({ detail: `HTTP ${answer.statusCode}` });
    }
    return await bodyOf(answer);
  } catch (cause) {
    if (cause instanceof Error && 'type' in cause) throw cause;
    throw new DeviceSilent({ detail: cause instanceof Error ? cause.message : String(cause) });
  }
}
