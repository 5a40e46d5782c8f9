import type { Socket } from 'node:net';

/** One published message on its way: acknowledged in order of arrival. */
export class Pending {
  /** 0 = nothing to acknowledge (QoS 0, or QoS 2 whose handshake the broker makes). */
  readonly messageId: number;
  readonly #line: AckLine;
  readonly #done: (failure?: Error) => void;
  settled = false;
  failure: Error | undefined;

  constructor(line: AckLine, messageId: number, done: (failure?: Error) => void) {
    this.#line = line;
    this.messageId = messageId;
    this.#done = done;
  }

  readonly settle = (failure?: Error): void => {
    if (this.settled) return;
    this.settled = true;
    this.failure = failure;
    this.#line.settled();
  };

  finish(): void {
    this.#done(this.failure);
  }
}

/**
 * The PUBACKs of one connection: in the order of the PUBLISHes (MQTT 3.1.1, 4.6), all that are due at one time in one
 * write. A message committed early because of its level waits here for the ones before it.
 */
export class AckLine {
  readonly #socket: Socket;
  #pending: Pending[] = [];
  #head = 0;
  #flushing = false;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  get length(): number {
    return this.#pending.length - this.#head;
  }

  add(messageId: number, done: (failure?: Error) => void): Pending {
    const pending = new Pending(this, messageId, done);
    this.#pending.push(pending);
    return pending;
  }

  settled(): void {
    if (this.#flushing || this.#pending[this.#head]?.settled !== true) return;
    this.#flushing = true;
    process.nextTick(this.#flush);
  }

  readonly #flush = (): void => {
    this.#flushing = false;
    const from = this.#head;
    let acks = 0;
    let to = from;
    for (; to < this.#pending.length; to++) {
      const pending = this.#pending[to] as Pending;
      if (!pending.settled) break;
      if (pending.failure === undefined && pending.messageId !== 0) acks++;
    }
    const due = this.#pending.slice(from, to);
    this.#head = to;
    if (to === this.#pending.length) {
      this.#pending = [];
      this.#head = 0;
    } else if (to > 1024) {
      this.#pending = this.#pending.slice(to);
      this.#head = 0;
    }
    if (acks > 0) this.#write(due, acks);
    for (const pending of due) pending.finish();
  };

  #write(due: Pending[], acks: number): void {
    if (!this.#socket.writable) return;
    const bytes = Buffer.allocUnsafe(acks * 4);
    let at = 0;
    for (const { failure, messageId } of due) {
      if (failure !== undefined) break; // the connection ends with the first failure; nothing after it is acknowledged
      if (messageId === 0) continue;
      bytes[at] = 0x40;
      bytes[at + 1] = 2;
      bytes[at + 2] = messageId >> 8;
      bytes[at + 3] = messageId & 0xff;
      at += 4;
    }
    if (at > 0) this.#socket.write(at === bytes.length ? bytes : bytes.subarray(0, at));
  }
}
