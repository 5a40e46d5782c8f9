import { hash } from 'node:crypto';

const mostAddresses = 10_000;

const isLoopback = (peer: string): boolean =>
  peer.startsWith('127.') || peer === '::1' || peer.startsWith('::ffff:127.');

/**
 * Notices addresses that try many different wrong credentials within a minute. One broken device that repeats its
 * own wrong credential stays one, so it never locks out the neighbours behind the same address. Loopback is not
 * judged: whoever is there is inside already.
 */
export class Guessing {
  readonly #tried = new Map<string, Set<string>>();
  readonly #most: number;
  #since = 0;

  constructor(most: number) {
    this.#most = most;
  }

  failed(peer: string, credential: string, now: Date): void {
    if (isLoopback(peer)) return;
    this.#turn(now);
    let tried = this.#tried.get(peer);
    if (tried === undefined) {
      if (this.#tried.size >= mostAddresses) return;
      tried = new Set();
      this.#tried.set(peer, tried);
    }
    if (tried.size < this.#most) tried.add(hash('sha256', credential));
  }

  blocked(peer: string, now: Date): boolean {
    this.#turn(now);
    return (this.#tried.get(peer)?.size ?? 0) >= this.#most;
  }

  #turn(now: Date): void {
    if (now.getTime() - this.#since < 60_000) return;
    this.#since = now.getTime();
    this.#tried.clear();
  }
}

/** So many a second, twice as many in a burst. */
export class TokenBucket {
  readonly #rate: number;
  #left: number;
  #at: number;

  constructor(rate: number, now: Date) {
    this.#rate = rate;
    this.#left = rate * 2;
    this.#at = now.getTime();
  }

  take(now: Date): boolean {
    const at = now.getTime();
    this.#left = Math.min(this.#rate * 2, this.#left + (Math.max(0, at - this.#at) * this.#rate) / 1000);
    this.#at = at;
    if (this.#left < 1) return false;
    this.#left--;
    return true;
  }
}
