import { createHash } from 'node:crypto';
import { fromBER } from 'asn1js';
import * as pki from 'pkijs';

export interface SealVerdict {
  /** `intact`, `altered` (something was changed, cut or added), `none` (it bears no seal). */
  readonly verdict: 'intact' | 'altered' | 'none';
  /** SHA-256 of the certificate it was sealed with, hex. */
  readonly certificate?: string;
}

const signingCertificateV2 = '1.2.840.113549.1.9.16.2.47';
const longest = 100 * 1024 * 1024;

/** Looks at the seal of a file, whoever sends it; never throws for what the file holds. */
export async function verifySeal(file: Buffer): Promise<SealVerdict> {
  if (file.length > longest) return { verdict: 'none' };
  const text = file.toString('latin1');
  const found = /\/ByteRange \[0 (\d{1,10}) (\d{1,10}) (\d{1,10})\]/.exec(text);
  if (!found) return { verdict: 'none' };
  const [from = 0, until = 0, rest = 0] = found.slice(1).map(Number);
  // What the range leaves out is the seal alone, and nothing follows what it covers.
  const whole = until + rest === file.length && from < until && text[from] === '<' && text[until - 1] === '>';
  if (!whole) return { verdict: 'altered' };
  try {
    const contents = Buffer.from(text.slice(from + 1, until - 1), 'hex');
    const { result, offset } = fromBER(new Uint8Array(contents).buffer);
    // The rest of the room is empty: nothing hides there.
    if (
      offset < 0 ||
      contents.length * 2 !== until - from - 2 ||
      contents.subarray(offset).some((octet) => octet !== 0)
    )
      return { verdict: 'altered' };
    const signed = new pki.SignedData({ schema: new pki.ContentInfo({ schema: result }).content });
    const data = new Uint8Array(Buffer.concat([file.subarray(0, from), file.subarray(until)])).buffer;
    const own = signed.certificates?.[0];
    if (!(own instanceof pki.Certificate)) return { verdict: 'altered' };
    const certificate = createHash('sha256').update(Buffer.from(own.toSchema().toBER())).digest();
    const named = signed.signerInfos[0]?.signedAttrs?.attributes.find(({ type }) => type === signingCertificateV2);
    const names = named !== undefined && Buffer.from(named.toSchema().toBER()).includes(certificate);
    const holds = names && (await signed.verify({ signer: 0, data, checkChain: false }));
    return { verdict: holds ? 'intact' : 'altered', certificate: certificate.toString('hex') };
  } catch {
    // Whatever cannot be read as a seal is one that was tampered with.
    return { verdict: 'altered' };
  }
}
