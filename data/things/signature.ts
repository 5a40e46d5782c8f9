import { createHmac, timingSafeEqual } from 'node:crypto';
import { problem } from '@keystead/contracts/problem';

/** The signature does not fit what was signed, or not under this device's secret. */
export class SignatureWrong extends problem('signature-wrong', 401) {}
/** Rightly signed, but at a time too far from now. */
export class SignatureStale extends problem('signature-stale', 401) {}
/** Rightly signed, and shown before. */
export class NonceReplayed extends problem('nonce-replayed', 401) {}

export const signatureAlgorithms = ['hmacsha256', 'hmacsm3'] as const;
export type SignatureAlgorithm = (typeof signatureAlgorithms)[number];

/** What a device says of itself and signs with its secret (一机一密). */
export interface Signed {
  clientId: string;
  /** Code or id of the thing. */
  code: string;
  algorithm: SignatureAlgorithm;
  /** ms since 1970. */
  timestamp: number;
  nonce: string;
  /** Hexadecimal HMAC of `canonicalOf`. */
  signature: string;
}

const hashes: Record<SignatureAlgorithm, string> = { hmacsha256: 'sha256', hmacsm3: 'sm3' };

/**
 * The signed text: client id, code, timestamp and nonce, a line feed between each. Only the first may hold a line feed
 * itself, so that no two different claims give the same text.
 */
export const canonicalOf = ({ clientId, code, timestamp, nonce }: Omit<Signed, 'signature' | 'algorithm'>): string =>
  [clientId, code, timestamp, nonce].join('\n');

export const sign = (secret: string | Uint8Array, claim: Omit<Signed, 'signature'>): string =>
  createHmac(hashes[claim.algorithm], secret).update(canonicalOf(claim), 'utf8').digest('hex');

/** True when the signature is the secret's; takes the same time for every wrong one. */
export function fits(secret: string | Uint8Array, signed: Signed): boolean {
  const given = Buffer.from(signed.signature.toLowerCase(), 'hex');
  const right = Buffer.from(sign(secret, signed), 'hex');
  return given.length === right.length && timingSafeEqual(given, right);
}

/** `window`: ms by which a device's clock may be from ours, to either side. */
export const isStale = (timestamp: number, now: Date, window: number): boolean =>
  Math.abs(now.getTime() - timestamp) > window;
