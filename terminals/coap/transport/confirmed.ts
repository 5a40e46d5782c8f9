import { randomInt } from 'node:crypto';

const tries = 5;
const mostWaiting = 4_096;

export type Confirmation = 'acknowledged' | 'reset' | 'silent';

interface Waiting {
  settle(how: Confirmation): void;
}

/** Confirmable messages on their way: sent again with doubled pauses until acknowledged (RFC 7252 §4.2). */
export class Confirmed {
  readonly #waiting = new Map<string, Waiting>();
  readonly #ackTimeout: number;

  constructor(ackTimeout: number) {
    this.#ackTimeout = ackTimeout;
  }

  get full(): boolean {
    return this.#waiting.size >= mostWaiting;
  }

  /** `key`: peer and message id. Sends at once; resolves when it is acknowledged, refused, or given up. */
  send(key: string, transmit: () => void): Promise<Confirmation> {
    if (this.full) return Promise.resolve('silent');
    return new Promise((resolve) => {
      // The first pause is 1 … 1.5 of the timeout, so that many who begin together do not repeat together.
      let pause = this.#ackTimeout * (1 + randomInt(500) / 1000);
      let left = tries;
      let timer: NodeJS.Timeout | undefined;
      const settle = (how: Confirmation) => {
        clearTimeout(timer);
        this.#waiting.delete(key);
        resolve(how);
      };
      const attempt = () => {
        if (left-- === 0) return settle('silent');
        transmit();
        timer = setTimeout(attempt, pause);
        pause *= 2;
      };
      this.#waiting.set(key, { settle });
      attempt();
    });
  }

  settle(key: string, how: Confirmation): void {
    this.#waiting.get(key)?.settle(how);
  }

  close(): void {
    for (const waiting of [...this.#waiting.values()]) waiting.settle('silent');
  }
}
