import { connect, type Socket } from 'node:net';
import { generate, type Packet, type Parser, parser } from 'mqtt-packet';
import { pauseBefore } from './backoff.ts';
import { Outbound } from './outbound.ts';

export interface ClientOptions {
  readonly host: string;
  readonly port: number;
  readonly clientId: string;
  /** Access token; the password stays empty. */
  readonly username: string;
  /** Seconds. */
  readonly keepalive?: number;
  /** Topic filters, subscribed to (QoS 1) after each connect. */
  readonly subscriptions?: readonly string[];
  /** QoS 1 messages that may wait for their acknowledgement. */
  readonly most?: number;
  readonly random?: () => number;
  onConnected?(): void;
  onDisconnected?(): void;
  onMessage?(topic: string, payload: Buffer): void;
  /** The broker answered CONNECT with this code (4, 5: the credential is not taken). */
  onRefused?(returnCode: number): void;
}

const connectPatience = 15_000; // ms from the first byte to CONNACK

/**
 * A device's side of MQTT 3.1.1 on a bare socket, small enough to have thousands in one process: keep-alive, QoS 1 that
 * is sent again after a reconnect, and patience that grows between tries. Sessions are clean.
 */
export class MqttClient {
  readonly #options: ClientOptions;
  readonly #outbound: Outbound;
  readonly #random: () => number;
  #socket: Socket | undefined;
  #parser: Parser | undefined;
  #timer: NodeJS.Timeout | undefined;
  #attempt = 0;
  #state: 'idle' | 'connecting' | 'connected' | 'pausing' = 'idle';
  #sentAt = 0;
  #heardAt = 0;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#outbound = new Outbound(options.most ?? 100);
    this.#random = options.random ?? Math.random;
  }

  get connected(): boolean {
    return this.#state === 'connected';
  }

  /** Messages without an acknowledgement. */
  get pending(): number {
    return this.#outbound.size;
  }

  /** Connects, and again whenever the connection is lost, until `stop`. */
  start(): void {
    if (this.#state === 'idle') this.#connect();
  }

  /**
   * Publishes with QoS 1; resolves with the acknowledgement, however many connections it takes. Rejects with QueueFull,
   * or when the client is stopped first.
   */
  publish(topic: string, payload: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const message = { topic, payload, settle: (failure?: Error) => (failure ? reject(failure) : resolve()) };
      try {
        const id = this.#outbound.add(message);
        if (this.connected) this.#publish(id, topic, payload, false);
      } catch (cause) {
        reject(cause);
      }
    });
  }

  /** Says DISCONNECT and ends. `pause` keeps what was not acknowledged for a later `start`. */
  stop({ pause = false }: { pause?: boolean } = {}): void {
    const socket = this.#socket;
    if (this.connected) this.#write({ cmd: 'disconnect' });
    this.#state = 'idle';
    this.#drop();
    socket?.end();
    socket?.unref();
    if (!pause) this.#outbound.fail(new Error('client stopped'));
  }

  #connect(): void {
    const { host, port, clientId, username, keepalive = 60 } = this.#options;
    this.#state = 'connecting';
    const socket = connect({ host, port, noDelay: true });
    this.#socket = socket;
    this.#parser = parser({ protocolVersion: 4 });
    this.#parser.on('packet', (packet) => this.#take(packet));
    this.#parser.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      if (socket === this.#socket) this.#parser?.parse(bytes);
    });
    socket.on('connect', () => {
      if (socket !== this.#socket) return;
      this.#write({
        cmd: 'connect',
        clientId,
        username,
        keepalive,
        clean: true,
        protocolId: 'MQTT',
        protocolVersion: 4,
      });
    });
    // What went wrong is told by what follows: the end of the connection, and the next try.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      if (socket === this.#socket) this.#lost();
    });
    this.#timer = setTimeout(() => socket.destroy(), connectPatience);
  }

  #take(packet: Packet): void {
    this.#heardAt = performance.now();
    switch (packet.cmd) {
      case 'connack':
        if (packet.returnCode === 0) this.#welcomed();
        else this.#refused(packet.returnCode ?? 0);
        break;
      case 'puback':
        this.#outbound.acknowledged(packet.messageId ?? 0);
        break;
      case 'publish':
        if (packet.qos === 1) this.#write({ cmd: 'puback', messageId: packet.messageId });
        this.#options.onMessage?.(packet.topic, Buffer.from(packet.payload));
        break;
    }
  }

  #welcomed(): void {
    const { subscriptions = [], keepalive = 60 } = this.#options;
    clearTimeout(this.#timer);
    this.#state = 'connected';
    this.#attempt = 0;
    if (subscriptions.length > 0) {
      const wanted = subscriptions.map((topic) => ({ topic, qos: 1 as const }));
      this.#write({ cmd: 'subscribe', messageId: 65_535, subscriptions: wanted });
    }
    for (const [id, { topic, payload }] of [...this.#outbound.all()]) this.#publish(id, topic, payload, true);
    if (keepalive > 0) this.#timer = setInterval(() => this.#keepAlive(keepalive * 1000), (keepalive * 1000) / 3);
    this.#options.onConnected?.();
  }

  #refused(returnCode: number): void {
    // A credential that is not taken now will hardly be taken in a second.
    this.#attempt = Math.max(this.#attempt, 5);
    this.#options.onRefused?.(returnCode);
    this.#socket?.destroy();
  }

  #keepAlive(interval: number): void {
    const now = performance.now();
    if (now - this.#heardAt > interval * 1.5) this.#socket?.destroy();
    else if (now - this.#sentAt > interval / 2) this.#write({ cmd: 'pingreq' });
  }

  #lost(): void {
    const was = this.#state;
    this.#drop();
    this.#state = 'pausing';
    this.#timer = setTimeout(() => this.#connect(), pauseBefore(this.#attempt++, this.#random));
    if (was === 'connected') this.#options.onDisconnected?.();
  }

  #drop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#socket = undefined;
    this.#parser = undefined;
  }

  #publish(messageId: number, topic: string, payload: string, dup: boolean): void {
    this.#write({ cmd: 'publish', qos: 1, retain: false, dup, messageId, topic, payload });
  }

  #write(packet: Packet): void {
    const socket = this.#socket;
    if (!socket) return;
    this.#sentAt = performance.now();
    // What is said in one turn leaves in one write.
    if (socket.writableCorked === 0) {
      socket.cork();
      process.nextTick(() => socket.uncork());
    }
    socket.write(generate(packet));
  }
}
