import type { Socket } from 'node:net';

export interface DoorwayOptions {
  /** True when one more may come in now. */
  admits(): boolean;
  /** Lets one in. */
  enter(socket: Socket): void;
  /** How many may wait; more are turned away. */
  most: number;
  /** ms after which one that waits is turned away. */
  patience: number;
}

const lookMs = 20;

/**
 * New connections, let in no faster than they can be dealt with. After a cut everybody comes back at one moment: whoever
 * finds no place waits here, in the order of arrival and unread, instead of being thrown out to try again and again.
 */
export class Doorway {
  readonly #options: DoorwayOptions;
  readonly #waiting = new Map<Socket, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: DoorwayOptions) {
    this.#options = options;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  arrive(socket: Socket): void {
    const { admits, enter, most } = this.#options;
    // Nobody overtakes those who wait.
    if (this.#waiting.size === 0 && admits()) {
      enter(socket);
      return;
    }
    if (this.#waiting.size >= most) {
      socket.destroy();
      return;
    }
    this.#waiting.set(socket, performance.now());
    socket.on('error', ignore);
    this.#timer ??= setInterval(() => this.#look(), lookMs);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    for (const socket of this.#waiting.keys()) socket.destroy();
    this.#waiting.clear();
  }

  #look(): void {
    const { admits, enter, patience } = this.#options;
    const now = performance.now();
    for (const [socket, since] of this.#waiting) {
      const isGone = socket.destroyed;
      const isLate = now - since > patience;
      if (!isGone && !isLate && !admits()) break;
      this.#waiting.delete(socket);
      socket.removeListener('error', ignore);
      if (isLate) socket.destroy();
      else if (!isGone) enter(socket);
    }
    if (this.#waiting.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

/** What went wrong is told by the end that follows. */
const ignore = (): void => {};
