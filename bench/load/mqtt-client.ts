import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import mqtt from 'mqtt-packet';
import { type Histogram, record } from '../histogram.ts';

export interface Target {
  port: number;
  /** PEM of the authority: then over TLS. */
  ca?: string;
}

const telemetry = 'v1/devices/me/telemetry';
const puback = 0x40;
const connack = 0x20;

function remainingLength(length: number): number[] {
  const bytes: number[] = [];
  let left = length;
  do {
    bytes.push((left & 0x7f) | (left > 0x7f ? 0x80 : 0));
    left >>= 7;
  } while (left > 0);
  return bytes;
}

/** A QoS 1 publication and where its packet number stands. */
function publication(payload: string, topic: string): { packet: Buffer; idAt: number } {
  const body = Buffer.from(payload);
  const name = Buffer.from(topic);
  const head = [0x32, ...remainingLength(2 + name.length + 2 + body.length), name.length >> 8, name.length & 0xff];
  const idAt = head.length + name.length;
  return { packet: Buffer.concat([Buffer.from(head), name, Buffer.alloc(2), body]), idAt };
}

/** Publications of equal length one after the other, ready to be numbered and sent. */
export interface Ring {
  bytes: Buffer;
  size: number;
  count: number;
  idAt: number;
}

export function ringOf(payloads: readonly string[], topic = telemetry): Ring {
  const made = payloads.map((payload) => publication(payload, topic));
  const size = made[0]?.packet.length ?? 0;
  if (made.some(({ packet }) => packet.length !== size)) throw new Error('publications of one length are wanted');
  return { bytes: Buffer.concat(made.map(({ packet }) => packet)), size, count: made.length, idAt: made[0]?.idAt ?? 0 };
}

/**
 * One device that sends as fast as its window of unacknowledged messages allows, or when told. It shares the machine
 * with what it measures, so it does next to nothing: packets are copied from a ring and numbered, acknowledgements
 * are counted four bytes at a time.
 */
export class MqttDevice {
  readonly #socket: Socket;
  #ring: Ring;
  readonly #sentAt = new Float64Array(65_536);
  readonly #times: Histogram;
  #next = 0;
  #rest: Buffer = Buffer.alloc(0);
  inFlight = 0;
  acknowledged = 0;
  /** Told after acknowledgements came in. */
  onRoom: () => void = () => {};

  private constructor(socket: Socket, ring: Ring, times: Histogram) {
    this.#socket = socket;
    this.#ring = ring;
    this.#times = times;
  }

  static connect(target: Target, token: string, ring: Ring, times: Histogram): Promise<MqttDevice> {
    const { port, ca } = target;
    const host = '127.0.0.1';
    const socket =
      ca === undefined ? connectTcp({ host, port }) : connectTls({ host, port, ca, servername: 'localhost' });
    socket.setNoDelay(true);
    const device = new MqttDevice(socket, ring, times);
    return new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.once('close', () => reject(new Error('the gateway closed the connection')));
      socket.once(ca === undefined ? 'connect' : 'secureConnect', () => {
        const clientId = `bench-${token.slice(0, 12)}`;
        socket.write(
          mqtt.generate({
            cmd: 'connect',
            protocolId: 'MQTT',
            protocolVersion: 4,
            clean: true,
            clientId,
            keepalive: 600,
            username: token,
          }),
        );
      });
      socket.once('data', (bytes: Buffer) => {
        if (bytes[0] !== connack || bytes[3] !== 0) return reject(new Error(`refused: ${bytes.toString('hex')}`));
        socket.on('data', (chunk: Buffer) => device.#acknowledge(chunk));
        resolve(device);
      });
    });
  }

  /** What is sent from now on. */
  use(ring: Ring): void {
    this.#ring = ring;
  }

  /** Sends `count` messages in one write. */
  send(count: number): void {
    const { bytes, size, count: kinds, idAt } = this.#ring;
    const out = Buffer.allocUnsafe(count * size);
    const now = performance.now();
    for (let n = 0; n < count; n++) {
      const kind = this.#next % kinds;
      const id = (this.#next++ % 65_535) + 1;
      bytes.copy(out, n * size, kind * size, (kind + 1) * size);
      out.writeUInt16BE(id, n * size + idAt);
      this.#sentAt[id] = now;
    }
    this.inFlight += count;
    this.#socket.write(out);
  }

  #acknowledge(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const now = performance.now();
    let at = 0;
    while (bytes.length - at >= 2) {
      const length = 2 + (bytes[at + 1] ?? 0); // Nothing longer than 127 bytes comes to a device that only sends.
      if (bytes.length - at < length) break;
      if (bytes[at] === puback) {
        this.inFlight -= 1;
        this.acknowledged += 1;
        record(this.#times, now - (this.#sentAt[bytes.readUInt16BE(at + 2)] ?? now));
      }
      at += length;
    }
    this.#rest = bytes.subarray(at);
    this.onRoom();
  }

  end(): void {
    this.#socket.removeAllListeners('close').destroy();
  }
}
