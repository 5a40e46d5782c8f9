import { X509Certificate } from 'node:crypto';
import { problem } from '@keystead/contracts/problem';

/** What was given cannot vouch for devices; `reason` tells why. */
export class AuthorityInvalid extends problem('authority-invalid', 400) {}
/** A certificate of an authority the organisation trusts, which is not good for a device; the detail tells why. */
export class CertificateUntrusted extends problem('certificate-untrusted', 401) {}

export type ChainFault =
  | 'no-authority'
  | 'certificate-expired'
  | 'certificate-not-yet-valid'
  | 'certificate-is-authority'
  | 'authority-expired';

const longestChain = 5;

const isCurrent = (certificate: X509Certificate, now: Date): boolean =>
  certificate.validFromDate <= now && now < certificate.validToDate;

function signedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
  } catch {
    // A key of a kind that cannot be computed with here signs nothing that counts.
    return false;
  }
}

/**
 * Follows a device's certificate to one of the trusted authorities: each link by name, signature, and the right to
 * sign; everything on the way must be within its time. `shown` stands leaf first. Gives the index of the authority.
 */
export function followChain(
  shown: readonly X509Certificate[],
  trusted: readonly X509Certificate[],
  now: Date,
): { authority: number } | { fault: ChainFault } {
  const [leaf, ...between] = shown.slice(0, longestChain);
  if (!leaf) return { fault: 'no-authority' };
  let current: X509Certificate | undefined = leaf;
  let stale = false;
  for (let depth = 0; current && depth < longestChain; depth++) {
    const signed: X509Certificate = current;
    const authority = trusted.findIndex((each) => signedBy(signed, each));
    const found = trusted[authority];
    if (found) {
      if (leaf.ca) return { fault: 'certificate-is-authority' };
      if (leaf.validToDate <= now) return { fault: 'certificate-expired' };
      if (leaf.validFromDate > now) return { fault: 'certificate-not-yet-valid' };
      return stale || !isCurrent(found, now) ? { fault: 'authority-expired' } : { authority };
    }
    current = between.find((each) => each !== signed && signedBy(signed, each));
    stale ||= current !== undefined && !isCurrent(current, now);
  }
  return { fault: 'no-authority' };
}

/** Names a certificate may stand for: its common names and the DNS names beside them. */
export function namesOf(certificate: X509Certificate): string[] {
  const common = certificate.subject.split('\n').flatMap((line) => (line.startsWith('CN=') ? [line.slice(3)] : []));
  const beside = (certificate.subjectAltName ?? '')
    .split(', ')
    .flatMap((entry) => (entry.startsWith('DNS:') ? [entry.slice(4)] : []));
  return [...new Set([...common, ...beside])].slice(0, 20);
}

/** Reads one certificate; undefined when there is none, or more than one. */
export function readCertificate(given: string | Buffer): X509Certificate | undefined {
  if (typeof given === 'string' && given.split('-----BEGIN CERTIFICATE-----').length !== 2) return undefined;
  try {
    return new X509Certificate(given);
  } catch {
    return undefined;
  }
}

const leastRsaBits = 2048;

/** Holds an authority against what one must be before anything it signs is believed; throws AuthorityInvalid. */
export function checkAuthority(pem: string, now: Date): X509Certificate {
  const refuse = (reason: string) => new AuthorityInvalid({ reason });
  const certificate = readCertificate(pem);
  if (!certificate) throw refuse('not-one-certificate');
  if (!certificate.ca) throw refuse('not-an-authority');
  if (certificate.validToDate <= now) throw refuse('expired');
  if (certificate.validFromDate > now) throw refuse('not-yet-valid');
  let strong = false;
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
    const kind = asymmetricKeyType ?? '';
    strong =
      kind === 'rsa'
        ? (asymmetricKeyDetails?.modulusLength ?? 0) >= leastRsaBits
        : ['ec', 'ed25519', 'ed448'].includes(kind);
    if (certificate.checkIssued(certificate) && !certificate.verify(certificate.publicKey)) strong = false;
  } catch {
    throw refuse('key-not-usable');
  }
  if (!strong) throw refuse('key-too-weak');
  return certificate;
}
