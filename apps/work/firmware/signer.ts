import { createHash, createPublicKey, verify } from 'node:crypto';
import { problem } from '@keystead/contracts/problem';
import { verifiesSm2 } from '@keystead/kernel/security/sm2';

export const algorithms = ['ed25519', 'sm2'] as const;
export type Algorithm = (typeof algorithms)[number];

/** No public key of a kind that is taken. */
export class SignerInvalid extends problem('firmware-signer-invalid', 422) {}
/** This key is trusted already, or there are too many. */
export class SignerTaken extends problem('firmware-signer-taken', 409) {}
/** The key is not, or no longer, among those trusted. */
export class SignerMissing extends problem('firmware-signer-missing', 404) {}

export interface PublicKey {
  algorithm: Algorithm;
  /** Ed25519: PEM; SM2: the uncompressed point, hexadecimal. */
  text: string;
  /** SHA-256 of the key itself (32 bytes, or the point of 65), hexadecimal. */
  fingerprint: string;
}

const fingerprintOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Reads a key: PEM of Ed25519, or the point of SM2 as 130 hexadecimal digits. Throws SignerInvalid. */
export function readPublicKey(given: string): PublicKey {
  const text = given.trim();
  if (/^04[0-9a-fA-F]{128}$/.test(text)) {
    const point = text.toLowerCase();
    return { algorithm: 'sm2', text: point, fingerprint: fingerprintOf(Buffer.from(point, 'hex')) };
  }
  try {
    // A private key would be read too, and must not be kept.
    if (!text.startsWith('-----BEGIN PUBLIC KEY-----')) throw new SignerInvalid();
    const key = createPublicKey(text);
    if (key.asymmetricKeyType !== 'ed25519') throw new SignerInvalid({ kind: key.asymmetricKeyType ?? null });
    const raw = Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url');
    return {
      algorithm: 'ed25519',
      text: key.export({ format: 'pem', type: 'spki' }).toString(),
      fingerprint: fingerprintOf(raw),
    };
  } catch (cause) {
    throw cause instanceof SignerInvalid ? cause : new SignerInvalid();
  }
}

const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** Whether a signature (base64; SM2: DER) of a text is this key's. Never throws. */
export function isSignedBy(
  { algorithm, text: key }: Pick<PublicKey, 'algorithm' | 'text'>,
  text: string,
  signature: string,
) {
  if (!base64.test(signature)) return false;
  const bytes = Buffer.from(signature, 'base64');
  if (algorithm === 'sm2') return verifiesSm2(Buffer.from(text), bytes.toString('hex'), key);
  return bytes.length === 64 && verify(null, Buffer.from(text), key, bytes);
}
