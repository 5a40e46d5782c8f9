import { createSocket, type Socket } from 'node:dgram';
import type { Clock, Log } from '@keystead/kernel/base';
import { readSip, type SipMessage, writeSip } from './sip.ts';
import { StreamDoor } from './stream-door.ts';
import { GivenAnswers, type Peer, Transactions } from './transactions.ts';

interface Parts {
  clock: Clock;
  log: Log;
  /** Answers a request (never an ACK); what rejects is not answered, and comes again. */
  answer(request: SipMessage, from: Peer): Promise<SipMessage>;
  /** An ACK has no answer. */
  acknowledged?(request: SipMessage, from: Peer): void;
  /** Bytes that are no SIP message. */
  nonsense?(bytes: Uint8Array): void;
  /** Beside datagrams, connections are taken on the same port; ms of silence after which one is closed. */
  streams?: number;
}

/** One UDP port, and the TCP port of the same number when wanted, that speak SIP: requests are answered once, however often they come; ours are repeated. */
export class SipEndpoint {
  readonly #parts: Parts;
  readonly #socket: Socket = createSocket('udp4');
  readonly #given = new GivenAnswers();
  readonly transactions: Transactions;
  readonly #door: StreamDoor | undefined;
  readonly send = (bytes: Uint8Array, to: Peer): void => {
    if (to.stream) this.#door?.send(bytes, to);
    else this.#socket.send(bytes, to.port, to.address);
  };

  constructor(parts: Parts) {
    this.#parts = parts;
    this.transactions = new Transactions(this.send);
    if (parts.streams !== undefined)
      this.#door = new StreamDoor(
        (bytes, from) => this.#heard(bytes, from),
        (bytes) => parts.nonsense?.(bytes),
        parts.streams,
      );
  }

  /** Resolves with the port. A free one (0) is looked for on TCP, where more are taken than for datagrams. */
  async open(address: string, port: number): Promise<number> {
    const opened = await this.#door?.open(address, port);
    return this.#bind(address, opened ?? port);
  }

  #bind(address: string, port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#socket.once('error', reject);
      this.#socket.on('message', (bytes, { address: host, port }) => this.#heard(bytes, { address: host, port }));
      this.#socket.bind(port, address, () => {
        this.#socket.off('error', reject);
        this.#socket.on('error', (cause) => this.#parts.log.warn({ err: cause }, 'a SIP socket'));
        resolve(this.#socket.address().port);
      });
    });
  }

  #heard(bytes: Uint8Array, from: Peer): void {
    const message = readSip(bytes);
    if (!message) {
      // Two line ends are how a device keeps its hole in a router open.
      if (bytes.length > 4) this.#parts.nonsense?.(bytes);
      return;
    }
    if (message.status !== undefined) {
      this.transactions.answered(message);
      return;
    }
    if (message.method === 'ACK') {
      this.#parts.acknowledged?.(message, from);
      return;
    }
    const now = this.#parts.clock.now().getTime();
    const before = this.#given.find(message, now);
    if (before !== undefined) {
      if (before !== 'working') this.send(before, from);
      return;
    }
    this.#given.begin(message, now);
    void this.#parts.answer(message, from).then(
      (answer) => {
        const given = writeSip(answer);
        this.#given.end(message, given);
        this.send(given, from);
      },
      // What could not be stored is not answered: the other side sends it again.
      (cause: unknown) => {
        this.#given.end(message, undefined);
        this.#parts.log.warn({ err: cause }, 'a SIP request was not taken');
      },
    );
  }

  async close(): Promise<void> {
    this.transactions.close();
    await this.#door?.close();
    await new Promise<void>((done) => this.#socket.close(() => done()));
  }
}
