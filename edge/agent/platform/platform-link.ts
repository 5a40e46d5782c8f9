import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import type { Log } from '@keystead/kernel/base';
import { isObject, readJson, topics } from '@keystead/terminals/mqtt';
import { MqttClient } from 'mqtt';
import { LinkKeeper, type LinkPolicy, platformPolicy } from '../links/link-keeper.ts';
import { carries } from '../links/probe.ts';
import { Connection } from './connection.ts';
import { connectTo, type Endpoint, type Trust } from './endpoint.ts';

export interface LinkOptions {
  /** The first is preferred at each new connection. */
  endpoints: readonly Endpoint[];
  trust: Trust;
  token: string;
  clientId: string;
  /** When the preferred way is gone back to. */
  policy?: LinkPolicy;
}

/** From one way to another, and why: it was lost, or the preferred one has proven itself. */
export interface WayChange {
  from: number;
  to: number;
  reason: 'lost' | 'proven';
}

/** A call that came down the line. */
export interface DownCall {
  /** Absent = the agent itself. */
  device?: string;
  request: number;
  method: string;
  params: unknown;
}

export interface LinkEvents {
  /** A connection is up, subscriptions made; `change` when it goes over another way than the one before. */
  up: [connection: Connection, change: WayChange | undefined];
  down: [reason: string];
  call: [call: DownCall];
  shared: [values: Record<string, unknown>];
  /** The same of a device behind the agent. */
  childShared: [device: string, values: Record<string, unknown>];
}

const connectMs = 4_000;
/** Seconds; the platform takes the agent for dead after one and a half of it. */
const keepalive = 4;
/** Without any word from the platform it is asked, and given up: a break is seen within ten seconds (I-5.3.2-1). */
const askAfterMs = 2_500;
const giveUpMs = 7_000;
/** How often it is asked whether it is time to look at the preferred way. */
const lookBackMs = 500;
const firstPauseMs = 200;
const longestPauseMs = 5_000;
const filters = [
  topics.attributes,
  'v1/devices/me/attributes/response/+',
  'v1/devices/me/rpc/request/+',
  'v1/devices/me/rpc/response/+',
  topics.problems,
  topics.gatewayAttributes,
  topics.gatewayAttributesResponse,
  topics.gatewayRpc,
  'v2/fw/response/+/chunk/+',
  topics.firmwareError,
];

/**
 * Keeps a connection to the platform over one of its ways: a break is seen within seconds, the other way is tried at
 * once, and both again and again (H-7.3-0-2, I-5.3.2-2).
 */
export class PlatformLink extends EventEmitter<LinkEvents> {
  readonly #options: LinkOptions;
  readonly #log: Log;
  #stop: (() => void) | undefined;
  #over = false;
  #wake: (() => void) | undefined;
  #running: Promise<void> | undefined;
  #lastWay: number | undefined;
  readonly #keeper: LinkKeeper;
  /** The present way was left on purpose. */
  #returning = false;
  connection: Connection | undefined;
  breaks = 0;

  constructor(options: LinkOptions, log: Log) {
    super();
    this.#options = options;
    this.#log = log;
    this.#keeper = new LinkKeeper(options.endpoints.length, options.policy ?? platformPolicy);
  }

  /** Index of the way that is used or tried. */
  get way(): number {
    return this.#keeper.way;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async close(): Promise<void> {
    this.#over = true;
    this.#wake?.();
    this.#stop?.();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { endpoints } = this.#options;
    let pause = firstPauseMs;
    let tried = 0;
    while (!this.#over) {
      const { way } = this.#keeper;
      const began = performance.now();
      const reason = await this.#once(way).catch((cause: unknown) => String(cause));
      // It was ended here, because the preferred way carries again.
      if (this.#returning && this.#keeper.way !== way) {
        this.#log.info({ from: endpoints[way], to: endpoints[0] }, 'back to the preferred way');
        continue;
      }
      this.#log.info({ endpoint: endpoints[way], reason }, 'platform not reached');
      this.#returning = false;
      this.#keeper.lost(performance.now());
      if (performance.now() - began > 30_000) {
        pause = firstPauseMs;
        tried = 0;
      }
      // After all of them there is a pause that grows.
      if (++tried % endpoints.length === 0) {
        await this.#sleep(pause * (0.75 + Math.random() / 2));
        pause = Math.min(pause * 2, longestPauseMs);
      }
    }
  }

  /** One connection from its beginning to its end; resolves with why it ended. */
  async #once(way: number): Promise<string> {
    const endpoint = this.#options.endpoints[way];
    if (endpoint === undefined) return 'no such way';
    const socket = await connectTo(endpoint, this.#options.trust, connectMs);
    if (this.#over) {
      socket.destroy();
      return 'closed';
    }
    const client = new MqttClient(() => socket, {
      protocolId: 'MQTT',
      protocolVersion: 4,
      clientId: this.#options.clientId,
      username: this.#options.token,
      keepalive,
      reconnectPeriod: 0,
      connectTimeout: connectMs,
      clean: true,
      resubscribe: false,
    });
    const connection = new Connection(client);
    const watch = watchSilence(socket, client);
    let looking: NodeJS.Timeout | undefined;
    client.on('message', (topic, payload) => this.#take(connection, topic, payload));
    const ended = new Promise<string>((resolve) => {
      client.on('error', (failure) => resolve(failure.message));
      client.on('close', () => resolve('connection closed'));
      this.#stop = () => resolve('closed');
      void watch.silent.then(() => resolve('the platform fell silent'));
    });
    try {
      const greeted = await Promise.race([
        new Promise<true>((resolve) => client.once('connect', () => resolve(true))),
        ended,
      ]);
      if (greeted !== true) return greeted;
      const granted = await Promise.race([client.subscribeAsync([...filters], { qos: 1 }), ended]);
      if (typeof granted === 'string') return granted;
      const from = this.#lastWay;
      this.#lastWay = way;
      this.connection = connection;
      const reason = this.#returning ? 'proven' : 'lost';
      this.#returning = false;
      this.emit('up', connection, from === undefined || from === way ? undefined : { from, to: way, reason });
      const proven = new Promise<string>((resolve) => {
        looking = setInterval(() => void this.#lookBack(() => resolve('the preferred way carries again')), lookBackMs);
      });
      const end = await Promise.race([ended, proven]);
      if (!this.#returning) this.breaks++;
      return end;
    } finally {
      clearInterval(looking);
      watch.stop();
      connection.over('connection lost');
      const wasUp = this.connection === connection;
      this.connection = undefined;
      client.end(!this.#over);
      if (!this.#over) socket.destroy();
      else setTimeout(() => socket.destroy(), 500).unref();
      if (wasUp) this.emit('down', 'connection lost');
    }
  }

  /** While another way is used: whether the preferred one would carry, and whether it has for long enough. */
  async #lookBack(proven: () => void): Promise<void> {
    const { endpoints, trust } = this.#options;
    const [preferred] = endpoints;
    if (preferred === undefined || !this.#keeper.wantsProbe(performance.now())) return;
    const good = await carries(preferred, trust, connectMs);
    this.#keeper.probed(good, performance.now());
    if (this.connection === undefined || !this.#keeper.returns(performance.now())) return;
    this.#returning = true;
    proven();
  }

  #take(connection: Connection, topic: string, payload: Buffer): void {
    if (topic.startsWith('v2/fw/')) {
      connection.takeFirmware(topic, payload);
      return;
    }
    const json = readJson(payload, { bytes: 8 * 1024 * 1024, depth: 24 });
    if ('problem' in json) return;
    const { value } = json;
    if (connection.take(topic, value)) return;
    if (topic === topics.attributes && isObject(value)) this.emit('shared', value);
    else if (topic === topics.gatewayAttributes && isObject(value) && typeof value.device === 'string') {
      if (isObject(value.data)) this.emit('childShared', value.device, value.data);
    } else if (topic === topics.problems) this.#log.warn({ problem: value }, 'the platform refused a part');
    else if (topic === topics.gatewayRpc && isObject(value) && isObject(value.data)) {
      const { device, data } = value;
      const { id, method, params } = data;
      if (typeof device === 'string' && typeof id === 'number' && typeof method === 'string')
        this.emit('call', { device, request: id, method, params });
    } else if (topic.startsWith('v1/devices/me/rpc/request/') && isObject(value) && typeof value.method === 'string') {
      const request = Number(topic.slice(topic.lastIndexOf('/') + 1));
      this.emit('call', { request, method: value.method, params: value.params });
    }
  }

  #sleep(ms: number): Promise<void> {
    if (this.#over) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** Resolves `silent` when the other end says nothing at all although it was asked. */
function watchSilence(socket: Socket, client: MqttClient): { silent: Promise<void>; stop(): void } {
  let heard = performance.now();
  let timer: NodeJS.Timeout | undefined;
  socket.on('data', () => {
    heard = performance.now();
  });
  const silent = new Promise<void>((resolve) => {
    timer = setInterval(() => {
      const silence = performance.now() - heard;
      if (silence > giveUpMs) resolve();
      else if (silence > askAfterMs && client.connected) client.sendPing();
    }, 1_000);
  });
  return { silent, stop: () => clearInterval(timer) };
}
