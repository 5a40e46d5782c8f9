import type { X509Certificate } from 'node:crypto';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectSecure, type TLSSocket } from 'node:tls';
import { problem } from '@keystead/contracts/problem';

export class EndpointInvalid extends problem('endpoint-invalid', 400) {}
/** The server showed another certificate than the one it is known by. */
export class CertificateUnknown extends problem('certificate-unknown', 403) {}

/** One way to the platform. */
export interface Endpoint {
  host: string;
  port: number;
  secure: boolean;
}

/** By what the platform is known: an authority (PEM), or the SHA-256 of one certificate of its chain. */
export interface Trust {
  ca?: string;
  fingerprint?: string;
}

/** Reads `mqtts://host:8883`. Clear text only to this machine itself (H-8.1-2). */
export function readEndpoint(text: string): Endpoint {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const secure = url?.protocol === 'mqtts:';
  if (url === undefined || (!secure && url.protocol !== 'mqtt:') || url.hostname === '')
    throw new EndpointInvalid({ detail: `not mqtts://host:port: ${text}` });
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!secure && !['127.0.0.1', 'localhost', '::1'].includes(host))
    throw new EndpointInvalid({ detail: 'clear text leaves no machine: use mqtts://' });
  return { host, port: url.port === '' ? (secure ? 8883 : 1883) : Number(url.port), secure };
}

const plainPrint = (print: string): string => print.replaceAll(':', '').toLowerCase();

/** Resolves with a socket over which nothing has been said yet, and whose other end is the one that is trusted. */
export async function connectTo(endpoint: Endpoint, trust: Trust, ms: number): Promise<Socket> {
  const { host, port, secure } = endpoint;
  const pinned = trust.fingerprint !== undefined;
  const socket = secure
    ? connectSecure({
        host,
        port,
        minVersion: 'TLSv1.2',
        ...(trust.ca !== undefined && { ca: trust.ca }),
        ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
        // With a pinned certificate that one alone counts, whatever name it bears and whoever signed it.
        rejectUnauthorized: !pinned,
      })
    : connectPlain({ host, port });
  socket.setNoDelay(true);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once(secure ? 'secureConnect' : 'connect', resolve);
      socket.once('error', reject);
      socket.once('close', () => reject(new Error('closed')));
      socket.setTimeout(ms, () => reject(new Error('no connection in time')));
    });
    socket.setTimeout(0);
    if (secure && pinned) checkPin(socket as TLSSocket, plainPrint(trust.fingerprint ?? ''));
  } catch (failure) {
    socket.on('error', () => {});
    socket.destroy();
    throw failure;
  }
  socket.removeAllListeners('error');
  return socket;
}

function checkPin(socket: TLSSocket, pin: string): void {
  const leaf = socket.getPeerX509Certificate();
  const chain: string[] = [];
  for (let each: X509Certificate | undefined = leaf; each && chain.length < 8; each = each.issuerCertificate) {
    chain.push(plainPrint(each.fingerprint256));
    if (each.issuerCertificate?.fingerprint256 === each.fingerprint256) break;
  }
  // A certificate above the leaf counts only where it really signed: a server may send along what it likes.
  const index = chain.indexOf(pin);
  if (index === 0) return;
  let below: X509Certificate | undefined = leaf;
  for (let step = 0; step < index; step++) {
    const above: X509Certificate | undefined = below?.issuerCertificate;
    if (below === undefined || above === undefined || !below.verify(above.publicKey)) throw new CertificateUnknown();
    below = above;
  }
  if (index < 0) throw new CertificateUnknown({ detail: `shown ${chain[0] ?? 'none'}` });
}
