import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import type { Log } from '@keystead/kernel/base';
import { isObject, readJson, topics } from '@keystead/terminals/mqtt';
import { MqttClient } from 'mqtt';
import { connectTo, type Endpoint, type Trust } from './endpoint.ts';

export interface LinkOptions {
  /** The first is preferred at each new connection. */
  endpoints: readonly Endpoint[];
  trust: Trust;
  token: string;
  clientId: string;
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
  /** A connection is up, subscriptions made; `switched` = over another way than before. */
  up: [connection: Connection, switched: boolean];
  down: [reason: string];
  call: [call: DownCall];
  shared: [values: Record<string, unknown>];
}

const connectMs = 4_000;
/** Seconds; the platform takes the agent for dead after one and a half of it. */
const keepalive = 4;
/** Without any word from the platform it is asked, and given up: a break is seen within ten seconds (I-5.3.2-1). */
const askAfterMs = 2_500;
const giveUpMs = 7_000;
const callMs = 10_000;
const firstPauseMs = 200;
const longestPauseMs = 5_000;
const filters = [
  topics.attributes,
  'v1/devices/me/attributes/response/+',
  'v1/devices/me/rpc/request/+',
  'v1/devices/me/rpc/response/+',
  topics.problems,
  topics.gatewayAttributes,
  topics.gatewayRpc,
];

/** One connection while it lasts. */
export class Connection {
  readonly #client: MqttClient;
  readonly #answers = new Map<string, (value: unknown) => void>();
  readonly #lost: Promise<never>;
  #failed: (cause: Error) => void = () => {};
  #lastRequest = 0;
  isOver = false;

  constructor(client: MqttClient) {
    this.#client = client;
    this.#lost = new Promise<never>((_, reject) => {
      this.#failed = reject;
    });
    // Whoever waits races against this; when nobody does, it is no failure of its own.
    this.#lost.catch(() => {});
  }

  /** Publishes with QoS 1; resolves with the acknowledgement, which means committed. */
  publish(topic: string, payload: Buffer | string): Promise<void> {
    const sent = new Promise<void>((resolve, reject) => {
      this.#client.publish(topic, payload, { qos: 1 }, (failure) => (failure ? reject(failure) : resolve()));
    });
    return Promise.race([sent, this.#lost]);
  }

  /** Asks the platform; resolves with its answer. */
  async call(method: string, params: unknown): Promise<unknown> {
    const request = ++this.#lastRequest;
    const answer = this.#answerOn(topics.rpcResponse(request));
    await this.publish(topics.rpcRequest(request), JSON.stringify({ method, params }));
    return answer;
  }

  /** Shared attributes of the agent. */
  async shared(keys: readonly string[]): Promise<Record<string, unknown>> {
    const request = ++this.#lastRequest;
    const answer = this.#answerOn(topics.attributesResponse(request));
    await this.publish(`v1/devices/me/attributes/request/${request}`, JSON.stringify({ sharedKeys: keys.join(',') }));
    const given = await answer;
    return isObject(given) && isObject(given.shared) ? given.shared : {};
  }

  /** True when the message was an answer somebody waited for. */
  take(topic: string, value: unknown): boolean {
    const answer = this.#answers.get(topic);
    this.#answers.delete(topic);
    answer?.(value);
    return answer !== undefined;
  }

  over(reason: string): void {
    this.isOver = true;
    this.#failed(new Error(reason));
    this.#answers.clear();
  }

  /** Waits for a message on a topic. Who asks may fail to ask first: then nobody looks at this failure. */
  #answerOn(topic: string): Promise<unknown> {
    const answer = this.#awaitOn(topic);
    answer.catch(() => {});
    return answer;
  }

  async #awaitOn(topic: string): Promise<unknown> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('the platform did not answer')), callMs);
    });
    const answer = new Promise<unknown>((resolve) => this.#answers.set(topic, resolve));
    try {
      return await Promise.race([answer, late, this.#lost]);
    } finally {
      clearTimeout(timer);
      this.#answers.delete(topic);
    }
  }
}

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
  connection: Connection | undefined;
  breaks = 0;

  constructor(options: LinkOptions, log: Log) {
    super();
    this.#options = options;
    this.#log = log;
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
    let pause = firstPauseMs;
    for (let way = 0; !this.#over; ) {
      const { endpoints } = this.#options;
      const began = performance.now();
      const reason = await this.#once(way).catch((cause: unknown) => String(cause));
      this.#log.info({ endpoint: endpoints[way], reason }, 'platform not reached');
      if (performance.now() - began > 30_000) pause = firstPauseMs;
      // A way that broke is tried last; after all of them there is a pause that grows.
      way = (way + 1) % endpoints.length;
      if (way === 0 || endpoints.length === 1) {
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
      const switched = this.#lastWay !== undefined && this.#lastWay !== way;
      this.#lastWay = way;
      this.connection = connection;
      this.emit('up', connection, switched);
      const reason = await ended;
      this.breaks++;
      return reason;
    } finally {
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

  #take(connection: Connection, topic: string, payload: Buffer): void {
    const json = readJson(payload, { bytes: 8 * 1024 * 1024, depth: 24 });
    if ('problem' in json) return;
    const { value } = json;
    if (connection.take(topic, value)) return;
    if (topic === topics.attributes && isObject(value)) this.emit('shared', value);
    else if (topic === topics.problems) this.#log.warn({ problem: value }, 'the platform refused a part');
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
