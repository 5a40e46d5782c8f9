import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { mostSipBytes } from './sip.ts';
import type { Peer } from './transactions.ts';

const mostConnections = 2000;
const mostHead = 16_384;
/** ms half a message may wait for its other half. */
const longestHalf = 10_000;
const headEnd = '\r\n\r\n';

/** Whole messages out of a stream, by the length their head says; `undefined` when it is none and cannot become one. */
export function cutMessages(stream: Buffer): { messages: Buffer[]; rest: Buffer } | undefined {
  const messages: Buffer[] = [];
  for (let rest = stream; ; ) {
    // Two line ends keep a connection open; they may stand before any message.
    while (rest.length >= 2 && rest[0] === 13 && rest[1] === 10) rest = rest.subarray(2);
    const cut = rest.indexOf(headEnd);
    if (cut < 0) return rest.length > mostHead ? undefined : { messages, rest };
    const head = rest.toString('latin1', 0, cut);
    const length = Number(/(?:^|\r\n)(?:content-length|l)\s*:\s*(\d{1,6})\s*(?:\r\n|$)/i.exec(head)?.[1] ?? Number.NaN);
    const whole = cut + headEnd.length + length;
    // Over a stream the length is a must: without it nobody knows where the next one begins.
    if (!(cut <= mostHead && whole <= mostSipBytes)) return undefined;
    if (rest.length < whole) return { messages, rest };
    messages.push(rest.subarray(0, whole));
    rest = rest.subarray(whole);
  }
}

/** SIP over TCP: whoever connects is answered, and asked, over the connection it made. */
export class StreamDoor {
  readonly #server: Server;
  readonly #connections = new Map<string, Socket>();

  /** `silence`: ms after which a connection that says nothing is closed. */
  constructor(
    heard: (message: Uint8Array, from: Peer) => void,
    nonsense: (bytes: Uint8Array) => void,
    silence: number,
  ) {
    this.#server = createServer((socket) => {
      const { remoteAddress: address, remotePort: port } = socket;
      if (address === undefined || port === undefined) return void socket.destroy();
      const from: Peer = { address, port, stream: true };
      const key = `${address} ${port}`;
      let kept: Buffer = Buffer.alloc(0);
      let half: NodeJS.Timeout | undefined;
      this.#connections.set(key, socket);
      socket.setNoDelay(true);
      socket.setTimeout(silence, () => socket.destroy());
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        clearTimeout(half);
        if (this.#connections.get(key) === socket) this.#connections.delete(key);
      });
      socket.on('data', (part: Buffer) => {
        const cut = cutMessages(Buffer.concat([kept, part]));
        if (!cut) {
          nonsense(part);
          socket.destroy();
          return;
        }
        kept = Buffer.from(cut.rest);
        clearTimeout(half);
        half = kept.length === 0 ? undefined : setTimeout(() => socket.destroy(), longestHalf);
        for (const message of cut.messages) heard(message, from);
      });
    });
    this.#server.maxConnections = mostConnections;
  }

  /** Resolves with the port. */
  async open(address: string, port: number): Promise<number> {
    this.#server.listen(port, address);
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  /** Nothing is sent to who is not connected any more: who waits for an answer finds silence. */
  send(bytes: Uint8Array, { address, port }: Peer): void {
    this.#connections.get(`${address} ${port}`)?.write(bytes);
  }

  async close(): Promise<void> {
    for (const socket of this.#connections.values()) socket.destroy();
    if (this.#server.listening) await new Promise<void>((done) => this.#server.close(() => done()));
  }
}
