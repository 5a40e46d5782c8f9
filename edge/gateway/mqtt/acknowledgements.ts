import type { Socket } from 'node:net';

/** One published message on its way: acknowledged in order of arrival. */
export class Pending {
  /** 0 = nothing to acknowledge here (QoS 0, or QoS 2 whose handshake the broker makes). */
  readonly messageId: number;
  readonly #line: AckLine;
  settled = false;
  failure: Error | undefined;

  constructor(line: AckLine, messageId: number) {
    this.#line = line;
    this.messageId = messageId;
  }

  readonly settle = (failure?: Error): void => {
    if (this.settled) return;
    this.settled = true;
    this.failure = failure;
    this.#line.settled();
  };
}

export interface AckLineEvents {
  /** A message failed: nothing after it will be acknowledged, the connection has to end. */
  failed(failure: Error): void;
  /** Some were settled, so there is room for more. */
  moved(): void;
}

/**
 * The PUBACKs of one connection: in the order of the PUBLISHes (MQTT 3.1.1, 4.6), all that are due at one time in one
 * write. A message committed early because of its level waits here for the ones before it.
 */
export class AckLine {
  readonly #socket: Socket;
  readonly #events: AckLineEvents;
  #pending: Pending[] = [];
  #head = 0;
  #flushing = false;
  #broken = false;

  constructor(socket: Socket, events: AckLineEvents) {
    this.#socket = socket;
    this.#events = events;
  }

  /** Messages without their fate. */
  get length(): number {
    return this.#pending.length - this.#head;
  }

  add(messageId: number): Pending {
    const pending = new Pending(this, messageId);
    this.#pending.push(pending);
    return pending;
  }

  /** Called by a message that was settled; only the first in line can move it. */
  settled(): void {
    if (this.#flushing || this.#pending[this.#head]?.settled !== true) return;
    this.#flushing = true;
    process.nextTick(this.#flush);
  }

  readonly #flush = (): void => {
    this.#flushing = false;
    const due: number[] = [];
    let failure: Error | undefined;
    let pending = this.#pending[this.#head];
    while (pending?.settled) {
      failure ??= pending.failure;
      if (failure === undefined && pending.messageId !== 0) due.push(pending.messageId);
      pending = this.#pending[++this.#head];
    }
    this.#shrink();
    if (due.length > 0 && !this.#broken && this.#socket.writable) this.#socket.write(pubacks(due));
    if (failure !== undefined && !this.#broken) {
      this.#broken = true;
      this.#events.failed(failure);
    }
    this.#events.moved();
  };

  #shrink(): void {
    if (this.#head === this.#pending.length) this.#pending = [];
    else if (this.#head > 1024) this.#pending = this.#pending.slice(this.#head);
    else return;
    this.#head = 0;
  }
}

function pubacks(messageIds: readonly number[]): Buffer {
  const bytes = Buffer.allocUnsafe(messageIds.length * 4);
  let at = 0;
  for (const messageId of messageIds) {
    bytes[at++] = 0x40;
    bytes[at++] = 2;
    bytes[at++] = messageId >> 8;
    bytes[at++] = messageId & 0xff;
  }
  return bytes;
}
