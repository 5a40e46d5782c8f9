import { createServer, type Server, type Socket } from 'node:net';

export interface Packet {
  readonly kind: number;
  readonly flags: number;
  readonly body: Buffer;
}

/** CONNACK with a return code. */
export const connackOf = (code = 0) => Buffer.from([0x20, 2, 0, code]);
/** The text that stands at `at`, behind its length. */
export const textAt = (body: Buffer, at: number): string =>
  body.toString('utf8', at + 2, at + 2 + body.readUInt16BE(at));

/** A broker of bare bytes: what comes is kept as packets, what goes the test decides. */
export class RawBroker {
  readonly packets: Packet[] = [];
  readonly sockets: Socket[] = [];
  onPacket: (packet: Packet, socket: Socket) => void = (packet, socket) => {
    if (packet.kind === 1) socket.write(connackOf());
    if (packet.kind === 3) socket.write(this.puback(packet));
  };
  readonly #server: Server = createServer((socket) => this.#accept(socket));

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
    this.#server.close();
  }

  of(kind: number): Packet[] {
    return this.packets.filter((packet) => packet.kind === kind);
  }

  /** Messages of a topic, parsed. */
  messages(topic: string): unknown[] {
    return this.of(3)
      .filter(({ body }) => textAt(body, 0) === topic)
      .map(({ body }) => JSON.parse(body.toString('utf8', 2 + body.readUInt16BE(0) + 2)));
  }

  /** Sends a QoS 1 message to the newest connection. */
  publish(topic: string, payload: string, messageId = 9): void {
    const name = Buffer.from(topic);
    const body = Buffer.concat([
      Buffer.from([0, name.length]),
      name,
      Buffer.from([0, messageId]),
      Buffer.from(payload),
    ]);
    this.sockets.at(-1)?.write(Buffer.concat([Buffer.from([0x32, body.length]), body]));
  }

  messageId({ body }: Packet): number {
    return body.readUInt16BE(2 + body.readUInt16BE(0));
  }

  puback(packet: Packet): Buffer {
    const id = this.messageId(packet);
    return Buffer.from([0x40, 2, id >> 8, id & 0xff]);
  }

  #accept(socket: Socket): void {
    this.sockets.push(socket);
    let rest: Buffer = Buffer.alloc(0);
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      rest = Buffer.concat([rest, bytes]);
      for (;;) {
        let at = 1;
        let length = 0;
        for (let more = true; more && at < rest.length; at++) {
          length += ((rest[at] ?? 0) & 127) * 128 ** (at - 1);
          more = ((rest[at] ?? 0) & 128) !== 0;
        }
        const end = rest.length > 1 ? at + length : Number.POSITIVE_INFINITY;
        if (rest.length < end) return;
        const first = rest[0] ?? 0;
        const packet = { kind: first >> 4, flags: first & 15, body: Buffer.from(rest.subarray(at, end)) };
        rest = rest.subarray(end);
        this.packets.push(packet);
        this.onPacket(packet, socket);
      }
    });
  }
}

/** Resolves when it has become so; rejects after ten seconds. */
export const until = async (what: () => boolean): Promise<void> => {
  const end = performance.now() + 10_000;
  while (!what()) {
    if (performance.now() > end) throw new Error('waited too long');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};
