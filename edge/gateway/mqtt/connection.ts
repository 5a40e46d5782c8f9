import type { Socket } from 'node:net';
import type { MqttMessage } from '@keystead/terminals/mqtt';
import { PayloadTooLarge, refuse } from '@keystead/terminals/port';
import type { Client, PublishPacket } from 'aedes';
import type { Gate, Waiter } from '../gate.ts';
import type { GatewayLimits } from '../limits.ts';
import { AckLine } from './acknowledgements.ts';
import { FrameGuard } from './frame-guard.ts';
import type { Link, MqttSession } from './listener.ts';

/** Topic, packet id and CONNECT fields that may stand around a payload. */
const headerRoom = 4 * 1024;
/** Unread acknowledgements, in bytes, after which a client that does not read is no longer read either. */
const unreadMost = 64 * 1024;

export type OnTooLarge = (connection: Connection) => void;

/**
 * One socket and what stands between it and the broker. The broker asks the socket for bytes by `read`; the answer
 * is "nothing yet" while the gate is shut, too much is unacknowledged, or the client does not read its answers. That
 * is the whole of back-pressure: the kernel's window closes and the device waits.
 */
export class Connection implements Waiter, Link {
  readonly socket: Socket;
  readonly peer: string;
  readonly acks: AckLine;
  client: Client | undefined;
  clientId = '';
  keepalive = 0;
  session: MqttSession | undefined;
  readonly #gate: Gate;
  readonly #limits: GatewayLimits;
  readonly #frames: FrameGuard;

  constructor(socket: Socket, gate: Gate, limits: GatewayLimits, onTooLarge: OnTooLarge) {
    this.socket = socket;
    this.peer = socket.remoteAddress ?? '';
    this.acks = new AckLine(socket);
    this.#gate = gate;
    this.#limits = limits;
    this.#frames = new FrameGuard(limits.payloadBytes + headerRoom);
    socket.setNoDelay(true);
    // A peer that vanished without a word is found in some twenty seconds, whatever its keep-alive.
    socket.setKeepAlive(true, 10_000);
    this.#guardReads(onTooLarge);
  }

  get urgent(): boolean {
    return this.session?.urgent ?? false;
  }

  resume(): void {
    if (!this.socket.destroyed) this.socket.emit('readable');
  }

  send(message: MqttMessage, qos: 0 | 1): void {
    const packet: PublishPacket = {
      cmd: 'publish',
      topic: message.topic,
      payload: Buffer.from(message.payload),
      qos,
      retain: false,
      dup: false,
    };
    this.client?.publish(packet, () => {});
  }

  end(): void {
    this.socket.destroy();
  }

  closed(): void {
    this.#gate.leave(this);
    // The session stays at hand for the will, which the broker publishes after the end.
    this.session?.closed();
  }

  #guardReads(onTooLarge: OnTooLarge): void {
    const { socket } = this;
    const read = socket.read.bind(socket);
    socket.read = (size?: number) => {
      // 0 is the stream asking itself to fill its buffer.
      if (size === 0) return read(0);
      if (!this.#mayRead()) return null;
      const chunk: Buffer | null = read(size);
      if (chunk === null || this.#frames.admit(chunk)) return chunk;
      onTooLarge(this);
      socket.destroy();
      return null;
    };
  }

  #mayRead(): boolean {
    if (!this.#gate.open(this.urgent)) {
      this.#gate.wait(this);
      return false;
    }
    if (this.socket.writableLength > unreadMost) {
      this.socket.once('drain', () => this.resume());
      return false;
    }
    // Whoever has too much under way is read again when the last of it is settled: the broker asks then by itself.
    return this.acks.length < this.#limits.inflight;
  }
}

export const tooLarge = (limits: GatewayLimits) =>
  refuse(PayloadTooLarge, `packet announces more than ${limits.payloadBytes} bytes`);
