import { connect, createServer, type Server, type Socket } from 'node:net';

/** What a line does to bytes. */
export interface LineFaults {
  /** ms of one way. */
  delay: number;
  /** Share of segments that are lost, 0…1. A sender learns of it and sends again: for what is behind it that is delay. */
  loss: number;
  /** ms until a lost segment is there after all: a round trip and the patience of TCP. */
  again: number;
}

const segment = 1_460;

/** Numbers from 0 up to 1 that look random and come in the same order each time. */
function* chances(): Generator<number, never> {
  for (let state = 20_260; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** A proxy that makes a loopback connection what a line far away makes of it; in the order of TCP, whatever is lost. */
export class DistantLine {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #chances = chances();
  readonly #faults: LineFaults;
  /** Segments that went through, and those of them that were lost once. */
  segments = 0;
  lost = 0;

  constructor(target: number, faults: Partial<LineFaults> = {}) {
    this.#faults = { delay: 0, loss: 0, again: 0, ...faults };
    this.#server = createServer((near) => {
      const far = connect(target, '127.0.0.1');
      this.#join(near, far);
      this.#join(far, near);
    });
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  /** Breaks one of the connections that go through, whichever. */
  breakOne(): void {
    const sockets = [...this.#sockets];
    sockets[Math.floor(this.#chances.next().value * sockets.length)]?.resetAndDestroy();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(from: Socket, to: Socket): void {
    let due = 0;
    this.#sockets.add(from);
    from.setNoDelay(true);
    from.on('error', () => {});
    from.on('close', () => {
      this.#sockets.delete(from);
      to.destroy();
    });
    from.on('data', (chunk) => {
      if (this.#faults.delay === 0) {
        to.write(chunk);
        return;
      }
      for (let at = 0; at < chunk.length; at += segment) {
        due = Math.max(due, performance.now() + this.#travel());
        const part = chunk.subarray(at, at + segment);
        setTimeout(() => to.write(part), due - performance.now());
      }
    });
  }

  #travel(): number {
    const { delay, loss, again } = this.#faults;
    this.segments++;
    if (this.#chances.next().value >= loss) return delay;
    this.lost++;
    return delay + again;
  }
}
