/**
 * Chance without memory: every number is a function of a seed and a position, so a restarted simulator says what the
 * one before it would have said, and any moment can be asked for without playing up to it.
 */

/** A 32-bit seed out of words and numbers; the same words always give the same seed. */
export function seedOf(...parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const part of parts) {
    for (const sign of `${part}\u001f`) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193);
  }
  return hash >>> 0;
}

/** A number in [0, 1) for position `n` of a seed. */
export function chance(seed: number, n: number): number {
  let hash = seed ^ Math.imul(n | 0, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000;
}

/** A number in [low, high) for position `n`. */
export const between = (seed: number, n: number, low: number, high: number): number =>
  low + (high - low) * chance(seed, n);

/** Smooth noise in −1…1 that bends once every `period` ms. */
export function noise(seed: number, at: number, period: number): number {
  const position = at / period;
  const left = Math.floor(position);
  const share = position - left;
  const eased = share * share * (3 - 2 * share);
  return (chance(seed, left) * (1 - eased) + chance(seed, left + 1) * eased) * 2 - 1;
}

/** A stream of numbers in [0, 1), for choices that follow each other. */
export function choices(seed: number): () => number {
  let n = 0;
  return () => chance(seed, n++);
}
