import { connect, type Socket } from 'node:net';

const text = (value: string): Buffer => {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
};

/** A packet with its remaining length, as the wire has it. */
export function frame(first: number, body: Uint8Array, announced = body.length): Buffer {
  const length: number[] = [];
  let left = announced;
  do {
    length.push((left % 128) | (left >= 128 ? 0x80 : 0));
    left = Math.floor(left / 128);
  } while (left > 0);
  return Buffer.concat([Buffer.from([first, ...length]), body]);
}

export function connectFrame(clientId: string, username: string, keepalive = 60): Buffer {
  const head = Buffer.concat([text('MQTT'), Buffer.from([4, 0x82, keepalive >> 8, keepalive & 0xff])]);
  return frame(0x10, Buffer.concat([head, text(clientId), text(username)]));
}

export function publishFrame(
  topic: string | Buffer,
  payload: Uint8Array | string,
  messageId: number,
  qos: 0 | 1 | 2 = 1,
): Buffer {
  const name =
    typeof topic === 'string'
      ? text(topic)
      : Buffer.concat([Buffer.from([topic.length >> 8, topic.length & 0xff]), topic]);
  const id = qos === 0 ? Buffer.alloc(0) : Buffer.from([messageId >> 8, messageId & 0xff]);
  return frame(0x30 | (qos << 1), Buffer.concat([name, id, Buffer.from(payload)]));
}

export interface Packet {
  kind: number;
  body: Buffer;
}

/** A client that writes and reads bare bytes, so that a test says exactly what is on the wire. */
export class RawClient {
  readonly socket: Socket;
  readonly packets: Packet[] = [];
  closed = false;
  #rest: Buffer = Buffer.alloc(0);
  #wake: (() => void)[] = [];

  constructor(port: number, from = '127.0.0.1') {
    this.socket = connect({ port, host: '127.0.0.1', localAddress: from });
    this.socket.setNoDelay(true);
    this.socket.on('data', (chunk) => this.#read(chunk));
    this.socket.on('error', () => {});
    this.socket.on('close', () => {
      this.closed = true;
      this.#tell();
    });
  }

  /** Connects with an access token; resolves with the return code, or undefined when cut off before. */
  async signIn(token: string, clientId = token, keepalive = 60): Promise<number | undefined> {
    this.socket.write(connectFrame(clientId, token, keepalive));
    await this.until(() => this.packets.some(({ kind }) => kind === 2));
    return this.packets.find(({ kind }) => kind === 2)?.body[1];
  }

  publish(topic: string | Buffer, payload: Uint8Array | string | object, messageId: number, qos: 0 | 1 | 2 = 1): void {
    const bytes = typeof payload === 'string' || payload instanceof Uint8Array ? payload : JSON.stringify(payload);
    this.socket.write(publishFrame(topic, bytes, messageId, qos));
  }

  /** Message ids acknowledged so far, in order. */
  acks(): number[] {
    return this.packets.filter(({ kind }) => kind === 4).map(({ body }) => body.readUInt16BE(0));
  }

  /** Resolves when the condition holds or the connection is closed; rejects after five seconds. */
  async until(condition: () => boolean): Promise<void> {
    const end = Date.now() + 5_000;
    while (!condition() && !this.closed) {
      if (Date.now() > end) throw new Error('waited five seconds in vain');
      await new Promise<void>((resolve) => {
        this.#wake.push(resolve);
        setTimeout(resolve, 20);
      });
    }
  }

  end(): void {
    this.socket.destroy();
  }

  #read(chunk: Buffer): void {
    let bytes = Buffer.concat([this.#rest, chunk]);
    for (;;) {
      let length = 0;
      let at = 1;
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[at++];
        if (byte === undefined) {
          this.#rest = bytes;
          this.#tell();
          return;
        }
        length += (byte & 0x7f) << shift;
        if (byte < 0x80) break;
      }
      if (bytes.length < at + length) {
        this.#rest = bytes;
        this.#tell();
        return;
      }
      this.packets.push({ kind: (bytes[0] ?? 0) >> 4, body: Buffer.from(bytes.subarray(at, at + length)) });
      bytes = bytes.subarray(at + length);
    }
  }

  #tell(): void {
    const wake = this.#wake;
    this.#wake = [];
    for (const one of wake) one();
  }
}

/** Waits for something that happens without a packet. */
export async function eventually(condition: () => boolean, ms = 5_000): Promise<void> {
  const end = Date.now() + ms;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`not within ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
