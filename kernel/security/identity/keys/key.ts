import { createHash, randomBytes } from 'node:crypto';
import { problem } from '@keystead/contracts/problem';

export class KeyMissing extends problem('api-key-missing', 404) {}

/** A key for scripts and tools: acts as its owner, within its own permissions and places, never beyond his. */
export const newKeyText = (): string => `ks_${randomBytes(32).toString('base64url')}`;

/** Only this is stored: keys are random enough that a plain digest keeps them. */
export const keyHash = (text: string): Buffer => createHash('sha256').update(text).digest();

export const standardRate = 6000;

/** A bucket of one minute's requests that fills evenly. */
export function createBuckets(most = 10_000) {
  const buckets = new Map<string, { left: number; at: number }>();
  return (id: string, perMinute: number, nowMs: number): boolean => {
    if (buckets.size > most) buckets.clear();
    const bucket = buckets.get(id) ?? { left: perMinute, at: nowMs };
    bucket.left = Math.min(perMinute, bucket.left + ((nowMs - bucket.at) / 60_000) * perMinute);
    bucket.at = nowMs;
    buckets.set(id, bucket);
    if (bucket.left < 1) return false;
    bucket.left -= 1;
    return true;
  };
}
