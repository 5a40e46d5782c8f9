import { connect, createServer, type Server, type Socket } from 'node:net';

/** A line between an agent and the gateway that a test can cut, hang and hold up. */
export class FaultyLine {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #target: number;
  #open = true;
  #hanging = false;
  /** ms added to each chunk, both ways. */
  delay = 0;
  /** Bytes that came through, towards the gateway. */
  bytes = 0;
  connections = 0;
  port = 0;

  constructor(target: number) {
    this.#target = target;
    this.#server = createServer((near) => this.#join(near));
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    this.port = typeof address === 'object' && address ? address.port : 0;
    return this;
  }

  /** Nobody gets through, and those who were through are cut off. */
  cut(): void {
    this.#open = false;
    this.reset();
  }

  /** Cuts off those who are through; the next may come. */
  reset(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#open = true;
    this.#hanging = false;
  }

  /** Nothing passes any more and nobody is told: half open, as behind a dead radio. */
  hang(): void {
    this.#hanging = true;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(near: Socket): void {
    if (!this.#open) {
      near.destroy();
      return;
    }
    this.connections++;
    const far = connect(this.#target, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from);
      from.setNoDelay(true);
      from.on('error', () => {});
      from.on('close', () => {
        this.#sockets.delete(from);
        if (!this.#hanging) to.destroy();
      });
      from.on('data', (chunk) => {
        if (this.#hanging) return;
        if (from === near) this.bytes += chunk.length;
        if (this.delay === 0) to.write(chunk);
        else setTimeout(() => to.write(chunk), this.delay);
      });
    }
  }
}
