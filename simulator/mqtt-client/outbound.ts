/** A QoS 1 message that was not acknowledged yet. */
export interface Unacknowledged {
  readonly topic: string;
  readonly payload: string;
  settle(failure?: Error): void;
}

/** The queue of a device is full; the message was not taken. */
export class QueueFull extends Error {
  constructor() {
    super('too many messages wait for their acknowledgement');
  }
}

/** Messages by packet id, in the order they were given; what is left of it is sent again after a reconnect. */
export class Outbound {
  readonly #waiting = new Map<number, Unacknowledged>();
  readonly #most: number;
  // The last id is left for SUBSCRIBE.
  #lastId = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** Keeps a message until it is acknowledged. Throws QueueFull. */
  add(message: Unacknowledged): number {
    if (this.#waiting.size >= this.#most) throw new QueueFull();
    do this.#lastId = (this.#lastId % 65_534) + 1;
    while (this.#waiting.has(this.#lastId));
    this.#waiting.set(this.#lastId, message);
    return this.#lastId;
  }

  acknowledged(id: number): void {
    const message = this.#waiting.get(id);
    this.#waiting.delete(id);
    message?.settle();
  }

  all(): IterableIterator<[number, Unacknowledged]> {
    return this.#waiting.entries();
  }

  /** Gives all of them up. */
  fail(failure: Error): void {
    for (const message of this.#waiting.values()) message.settle(failure);
    this.#waiting.clear();
  }
}
