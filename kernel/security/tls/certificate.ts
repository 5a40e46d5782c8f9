import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { makeCertificate, newKey, pem } from './x509.ts';

export interface ServerCertificate {
  /** PEM of the private key. */
  key: string;
  /** PEM of the certificate, its authority's after it. */
  cert: string;
  /** PEM of the local authority, for clients to trust. */
  ca: string;
  /** Signed by this installation's own authority, not by one the operator chose. */
  own: boolean;
  /** SHA-256 of the certificate, `AA:BB:…`. */
  fingerprint: string;
  notAfter: Date;
}

const day = 86_400_000;
const authorityDays = 3650;
/** Browsers refuse server certificates of more than 398 days. */
const serverDays = 397;
const renewAhead = 30;
/** Clocks of clients may be behind. */
const backdated = day;

/** `localhost`, this machine's name and its addresses. */
export function ownNames(): string[] {
  const addresses = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .map(({ address }) => address)
    .filter((address) => !address.includes('%') && !address.startsWith('fe80:'));
  const host = /^[a-zA-Z0-9.-]+$/.test(hostname()) ? [hostname().toLowerCase()] : [];
  return [...new Set(['localhost', ...host, '127.0.0.1', '::1', ...addresses.sort()])].slice(0, 50);
}

function save(file: string, text: string, mode: number): void {
  const draft = `${file}.new`;
  writeFileSync(draft, text, { mode, flush: true });
  chmodSync(draft, mode);
  renameSync(draft, file);
}

const keyText = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }) as string;
const validFor = (cert: X509Certificate, days: number, now: Date): boolean =>
  cert.validToDate.getTime() - now.getTime() > days * day && cert.validFromDate <= now;

interface Authority {
  key: KeyObject;
  cert: string;
}

function ensureAuthority(folder: string, now: Date): Authority {
  const keyFile = join(folder, 'ca.key');
  const certFile = join(folder, 'ca.crt');
  if (existsSync(keyFile) && existsSync(certFile)) {
    const cert = readFileSync(certFile, 'utf8');
    if (validFor(new X509Certificate(cert), serverDays, now))
      return { key: createPrivateKey(readFileSync(keyFile)), cert };
  }
  const key = newKey();
  const until = new Date(now.getTime() + authorityDays * day);
  const subject = `Keystead local CA ${now.toISOString().slice(0, 10)}`;
  const from = new Date(now.getTime() - backdated);
  const cert = pem(
    makeCertificate({ subject, issuer: subject, from, until, publicKey: createPublicKey(key), issuerKey: key }),
  );
  save(keyFile, keyText(key), 0o600);
  save(certFile, cert, 0o644);
  return { key, cert };
}

function keptServer(folder: string, authority: Authority, names: readonly string[], now: Date): string | undefined {
  const file = join(folder, 'server.crt');
  if (!existsSync(file) || !existsSync(join(folder, 'server.key'))) return undefined;
  const text = readFileSync(file, 'utf8');
  const cert = new X509Certificate(text);
  const issued = cert.verify(new X509Certificate(authority.cert).publicKey);
  // An address more or less (a laptop on another network) is no reason for a new certificate; a new name is.
  const named = names.filter((name) => /[a-z]/.test(name) && !name.includes(':')).every((name) => cert.checkHost(name));
  return issued && named && validFor(cert, renewAhead, now) ? text : undefined;
}

/**
 * The certificate of this installation's TLS listeners, kept in `dataDir`/tls and made when missing, 30 days before it
 * ends, or when the machine has another name. EC P-256, 397 days, by a local authority whose key never leaves the
 * folder (0600). An operator who puts `server.key` and `server.crt` of another authority there (with its `ca.crt`) keeps them.
 */
export async function ensureCertificate(
  dataDir: string,
  now: Date,
  names: readonly string[] = ownNames(),
): Promise<ServerCertificate> {
  const folder = join(dataDir, 'tls');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const given = givenCertificate(folder);
  if (given) return given;
  const authority = ensureAuthority(folder, now);
  let text = keptServer(folder, authority, names, now);
  if (text === undefined) {
    const key = newKey();
    const issuer = new X509Certificate(authority.cert).subject.match(/CN=(.+)/)?.[1] ?? '';
    const until = new Date(now.getTime() + serverDays * day);
    const from = new Date(now.getTime() - backdated);
    const spec = { subject: names[0] ?? 'localhost', issuer, from, until, names: [...names] };
    text = pem(makeCertificate({ ...spec, publicKey: createPublicKey(key), issuerKey: authority.key }));
    save(join(folder, 'server.key'), keyText(key), 0o600);
    save(join(folder, 'server.crt'), text, 0o644);
  }
  return describe(folder, text, authority.cert, true);
}

/** A certificate the operator put there: `ca.crt` without our `ca.key`. */
function givenCertificate(folder: string): ServerCertificate | undefined {
  const here = (name: string) => existsSync(join(folder, name));
  if (here('ca.key') || !here('ca.crt') || !here('server.crt') || !here('server.key')) return undefined;
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  return describe(folder, read('server.crt'), read('ca.crt'), false);
}

function describe(folder: string, text: string, ca: string, own: boolean): ServerCertificate {
  const cert = new X509Certificate(text);
  return {
    key: readFileSync(join(folder, 'server.key'), 'utf8'),
    cert: `${text.trimEnd()}\n${ca}`,
    ca,
    own,
    fingerprint: cert.fingerprint256,
    notAfter: cert.validToDate,
  };
}
