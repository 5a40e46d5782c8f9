import { X509Certificate } from 'node:crypto';
import { sm2 } from 'sm-crypto-v2';
import { type DerValue, inside, readDer } from './der.ts';

/** What GM/T 0009 has signers take when nothing else was agreed. */
export const defaultUserId = '1234567812345678';

/** Contents of the object identifiers, hexadecimal. */
const sm2WithSm3 = '2a811ccf55018375'; // 1.2.156.10197.1.501
const ecPublicKey = '2a8648ce3d0201'; // 1.2.840.10045.2.1
const sm2Curve = '2a811ccf5501822d'; // 1.2.156.10197.1.301
const keyUsageId = '551d0f'; // 2.5.29.15

/** What of a certificate the check of SM2 signatures needs; Node reads the rest of it, but cannot compute with its key. */
export interface Sm2Certificate {
  readonly certificate: X509Certificate;
  /** The signed part, byte for byte. */
  readonly signed: Buffer;
  /** DER of r and s. */
  readonly signature: Buffer;
  readonly isSignedBySm2: boolean;
  /** Uncompressed point, hexadecimal; undefined = a key of another kind. */
  readonly publicKey: string | undefined;
  /** Undefined = the certificate does not limit its use. */
  readonly keyUsage: { digitalSignature: boolean; keyCertSign: boolean } | undefined;
}

const hexOf = (value: DerValue | undefined): string => value?.contents.toString('hex') ?? '';

function publicKeyOf(spki: DerValue | undefined): string | undefined {
  const [algorithm, bits] = inside(spki);
  const [kind, curve] = inside(algorithm);
  if (hexOf(kind) !== ecPublicKey || hexOf(curve) !== sm2Curve) return undefined;
  // The first byte of a bit string counts its unused bits.
  const point = hexOf(bits).slice(2);
  return point.length === 130 && point.startsWith('04') ? point : undefined;
}

function keyUsageOf(parts: readonly DerValue[]): Sm2Certificate['keyUsage'] {
  const extensions = parts.find(({ tag }) => tag === 0xa3);
  if (!extensions) return undefined;
  for (const extension of inside(inside(extensions)[0])) {
    const values = inside(extension);
    if (hexOf(values[0]) !== keyUsageId) continue;
    const bits = readDer(values.at(-1)?.contents ?? Buffer.alloc(0))[0]?.contents[1] ?? 0;
    return { digitalSignature: (bits & 0x80) !== 0, keyCertSign: (bits & 0x04) !== 0 };
  }
  return undefined;
}

/** Reads a certificate from PEM or DER; undefined when the bytes are none. */
export function readSm2Certificate(given: string | Buffer): Sm2Certificate | undefined {
  try {
    const certificate = new X509Certificate(given);
    const [tbs, algorithm, bits] = inside(readDer(certificate.raw)[0]);
    if (!tbs) return undefined;
    const parts = inside(tbs);
    // Version (tag a0), serial number, algorithm, issuer, validity, subject, key.
    const first = parts[0]?.tag === 0xa0 ? 1 : 0;
    return {
      certificate,
      signed: tbs.whole,
      signature: bits?.contents.subarray(1) ?? Buffer.alloc(0),
      isSignedBySm2: hexOf(inside(algorithm)[0]) === sm2WithSm3 && hexOf(inside(parts[first + 1])[0]) === sm2WithSm3,
      publicKey: publicKeyOf(parts[first + 5]),
      keyUsage: keyUsageOf(parts),
    };
  } catch {
    return undefined;
  }
}

/** SM2 with SM3 over `message`: signature as DER, key as uncompressed point, both hexadecimal. Never throws. */
export function verifiesSm2(
  message: Uint8Array,
  signature: string,
  publicKey: string,
  userId = defaultUserId,
): boolean {
  try {
    return sm2.doVerifySignature(message, signature, publicKey, { hash: true, der: true, userId });
  } catch {
    return false;
  }
}
