/** How long a message id of a sender stays taken (RFC 7252 §4.8.2), ms. */
const exchangeLifetime = 247_000;

export interface Exchange {
  /** Sent again when the request comes again; absent while the request is being served. */
  answer?: Uint8Array;
  readonly since: number;
}

/**
 * Requests that were seen, so that a repeated one is answered and not served again (RFC 7252 §4.5). Bounded: under a
 * flood the oldest are forgotten first.
 */
export class RecentExchanges {
  readonly #most: number;
  readonly #exchanges = new Map<string, Exchange>();

  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#exchanges.size;
  }

  /** The exchange that this sender and id belong to already. `now`: ms of a monotonic clock. */
  seen(key: string, now: number): Exchange | undefined {
    const exchange = this.#exchanges.get(key);
    return exchange && now - exchange.since < exchangeLifetime ? exchange : undefined;
  }

  begin(key: string, now: number): Exchange {
    this.#exchanges.delete(key);
    for (const [oldest, { since }] of this.#exchanges) {
      if (this.#exchanges.size < this.#most && now - since < exchangeLifetime) break;
      this.#exchanges.delete(oldest);
    }
    const exchange: Exchange = { since: now };
    this.#exchanges.set(key, exchange);
    return exchange;
  }
}
