import { connect, type Socket } from 'node:net';

const headEnd = Buffer.from('\r\n\r\n');

/**
 * One kept-alive HTTP/1.1 connection, as light as can be: requests are prepared bytes, of an answer only the status
 * and the length are read, and the body when it is asked for. From an address of its own on the loopback network, so that the limit of requests
 * by address is met by each alone.
 */
export class HttpConnection {
  readonly #socket: Socket;
  #held: Buffer[] = [];
  #bytes = 0;
  #wanted = -1;
  #status = 0;
  #bodyAt = 0;
  #settle: ((status: number, body: Buffer) => void) | undefined;
  #fail: ((cause: Error) => void) | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    const broken = (cause?: Error) => this.#fail?.(cause ?? new Error('the server closed the connection'));
    socket.on('error', broken).on('close', () => broken());
  }

  static connect(port: number, localAddress: string): Promise<HttpConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port, localAddress });
      socket.setNoDelay(true);
      socket.once('error', reject);
      socket.once('connect', () => resolve(new HttpConnection(socket)));
    });
  }

  /** Sends a prepared request and answers the status once the whole answer is here. */
  send(request: Buffer): Promise<number> {
    return this.exchange(request).then(({ status }) => status);
  }

  /** The same with the bytes of the answer. */
  exchange(request: Buffer): Promise<{ status: number; body: Buffer }> {
    return new Promise((resolve, reject) => {
      this.#settle = (status, body) => resolve({ status, body });
      this.#fail = reject;
      this.#socket.write(request);
    });
  }

  #take(chunk: Buffer): void {
    this.#held.push(chunk);
    this.#bytes += chunk.length;
    if (this.#wanted < 0) {
      const all = this.#held.length === 1 ? chunk : Buffer.concat(this.#held);
      const end = all.indexOf(headEnd);
      if (end === -1) return;
      const head = all.toString('latin1', 0, end);
      this.#status = Number(head.slice(9, 12));
      const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
      if (length === undefined && this.#status !== 204) {
        this.#fail?.(new Error(`an answer without length: ${head}`));
        return;
      }
      this.#bodyAt = end + headEnd.length;
      this.#wanted = this.#bodyAt + Number(length ?? 0);
    }
    if (this.#bytes < this.#wanted) return;
    const all = this.#held.length === 1 ? this.#held[0] : Buffer.concat(this.#held);
    const body = all?.subarray(this.#bodyAt) ?? Buffer.alloc(0);
    this.#held = [];
    this.#bytes = 0;
    this.#wanted = -1;
    this.#settle?.(this.#status, body);
  }

  end(): void {
    this.#fail = undefined;
    this.#socket.destroy();
  }
}

export const postRequest = (path: string, key: string, body: unknown): Buffer => {
  const text = Buffer.from(JSON.stringify(body));
  const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${key}\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), text]);
};

export const getRequest = (path: string, key: string): Buffer =>
  Buffer.from(
    `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${key}\r\naccept: application/json\r\n\r\n`,
  );
