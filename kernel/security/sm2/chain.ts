import { readSm2Certificate, type Sm2Certificate, verifiesSm2 } from './certificate.ts';

/** Why a chain of SM2 certificates does not hold. */
export type Sm2ChainFault =
  | 'not-a-certificate'
  | 'not-sm2'
  | 'certificate-expired'
  | 'certificate-not-yet-valid'
  | 'certificate-is-authority'
  | 'key-usage-wrong'
  | 'issuer-not-authority'
  | 'signature-wrong'
  | 'not-trusted'
  | 'chain-too-long';

export interface Sm2Finding {
  /** Place in the chain, 0 = the device's own. */
  at: number;
  fault: Sm2ChainFault;
}

const longestChain = 5;

function signedBy(subject: Sm2Certificate, issuer: Sm2Certificate): Sm2ChainFault | undefined {
  if (!subject.isSignedBySm2 || issuer.publicKey === undefined) return 'not-sm2';
  if (!issuer.certificate.ca || issuer.keyUsage?.keyCertSign === false) return 'issuer-not-authority';
  if (!subject.certificate.checkIssued(issuer.certificate)) return 'not-trusted';
  return verifiesSm2(subject.signed, subject.signature.toString('hex'), issuer.publicKey)
    ? undefined
    : 'signature-wrong';
}

/**
 * Checks a chain in the profile of GM/T 0014 and GM/T 0015: SM2 keys, SM2-with-SM3 signatures under the default user
 * id, times, the right to sign, up to one of the trusted roots (H-11.2-e). `chain` stands leaf first, PEM or DER;
 * an empty list means that it holds.
 */
export function checkSm2Chain(
  chain: readonly (string | Buffer)[],
  roots: readonly (string | Buffer)[],
  now: Date,
): Sm2Finding[] {
  if (chain.length > longestChain) return [{ at: longestChain, fault: 'chain-too-long' }];
  const links = chain.map(readSm2Certificate);
  const trusted = roots.map(readSm2Certificate).filter((root) => root !== undefined);
  const found: Sm2Finding[] = [];
  if (links.length === 0) return [{ at: 0, fault: 'not-a-certificate' }];
  for (const [at, link] of links.entries()) {
    const find = (fault: Sm2ChainFault) => found.push({ at, fault });
    if (!link) {
      find('not-a-certificate');
      continue;
    }
    if (link.publicKey === undefined) find('not-sm2');
    if (link.certificate.validToDate <= now) find('certificate-expired');
    if (link.certificate.validFromDate > now) find('certificate-not-yet-valid');
    if (at === 0 && link.certificate.ca) find('certificate-is-authority');
    if (at === 0 && link.keyUsage?.digitalSignature === false) find('key-usage-wrong');
    const next = links[at + 1];
    const fault = next ? signedBy(link, next) : anchored(link, trusted, now);
    if (fault) find(fault);
  }
  return found;
}

/** The last of a chain is a root itself, or signed by one whose time it is. */
function anchored(last: Sm2Certificate, trusted: readonly Sm2Certificate[], now: Date): Sm2ChainFault | undefined {
  if (trusted.some((root) => root.certificate.fingerprint256 === last.certificate.fingerprint256)) return undefined;
  const faults = trusted.map((root) =>
    root.certificate.validToDate <= now ? 'certificate-expired' : signedBy(last, root),
  );
  if (faults.includes(undefined)) return undefined;
  return faults.find((fault) => fault !== 'not-trusted') ?? 'not-trusted';
}
