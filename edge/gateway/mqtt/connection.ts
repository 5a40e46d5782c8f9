import type { Socket } from 'node:net';
import type { Clock } from '@keystead/kernel/base';
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
  /** ms since 1970 of the last whole packet. */
  #lastPacket: number;
  readonly #clock: Clock;
  readonly #gate: Gate;
  readonly #limits: GatewayLimits;
  readonly #frames: FrameGuard;
  /** Not read because too much is unacknowledged. */
  #crowded = false;
  /** Not read because it does not read its answers. */
  #clogged = false;
  /** Not read because the gate is shut. */
  #held = false;

  constructor(socket: Socket, around: { gate: Gate; limits: GatewayLimits; clock: Clock }, onTooLarge: OnTooLarge) {
    const { gate, limits, clock } = around;
    this.socket = socket;
    this.peer = socket.remoteAddress ?? '';
    this.acks = new AckLine(socket, {
      // What was written before, the acknowledgements of the good ones, still leaves.
      failed: () => socket.destroySoon(),
      moved: () => this.#moved(),
    });
    this.#gate = gate;
    this.#clock = clock;
    this.#lastPacket = clock.now().getTime();
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
    if (this.#held) {
      this.#held = false;
      this.#lastPacket = this.#clock.now().getTime();
    }
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

  /**
   * Ends the connection when its keep-alive has passed one and a half times without a whole packet (MQTT 3.1.1,
   * 3.1.2.10); bytes that never make one do not count. While we do not read, silence is ours.
   */
  checkKeepalive(now: number): void {
    if (this.#held || this.#crowded || this.keepalive === 0 || this.session === undefined) return;
    if (now - this.#lastPacket > this.keepalive * 1500) this.socket.destroy();
  }

  /** `ending`: the platform itself ends. */
  closed(ending: boolean): void {
    this.#gate.leave(this);
    // The session stays at hand for the will, which the broker publishes after the end.
    this.session?.closed(!ending && !this.#frames.saidFarewell);
  }

  #guardReads(onTooLarge: OnTooLarge): void {
    const { socket } = this;
    const read = socket.read.bind(socket);
    socket.read = (size?: number) => {
      // 0 is the stream asking itself to fill its buffer.
      if (size === 0) return read(0);
      if (!this.#mayRead()) return null;
      const chunk: Buffer | null = read(size);
      if (chunk === null) return null;
      const before = this.#frames.packets;
      if (this.#frames.admit(chunk)) {
        if (this.#frames.packets !== before) this.#lastPacket = this.#clock.now().getTime();
        return chunk;
      }
      onTooLarge(this);
      socket.destroy();
      return null;
    };
  }

  #mayRead(): boolean {
    // CONNECT is always read: who may not come in has to be told, and the limits of connecting hold before this.
    if (this.session === undefined) return true;
    if (!this.#gate.open(this.urgent)) {
      this.#gate.wait(this);
      this.#held = true;
      return false;
    }
    if (this.socket.writableLength > unreadMost) {
      if (!this.#clogged) this.socket.once('drain', () => this.#drained());
      this.#clogged = true;
      return false;
    }
    this.#crowded = this.acks.length >= this.#limits.inflight;
    return !this.#crowded;
  }

  #drained(): void {
    this.#clogged = false;
    this.resume();
  }

  /** Reads on when there was too much under way and half of it is settled. */
  #moved(): void {
    if (!this.#crowded || this.acks.length > this.#limits.inflight / 2) return;
    this.#crowded = false;
    this.resume();
  }
}

export const tooLarge = (limits: GatewayLimits) =>
  refuse(PayloadTooLarge, `packet announces more than ${limits.payloadBytes} bytes`);
