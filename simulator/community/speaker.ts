import { MqttClient } from '@keystead/simulator/mqtt-client';
import { answerCall } from './calls.ts';
import type { Device, Word } from './device.ts';
import type { Figures } from './figures.ts';

const topics = {
  telemetry: 'v1/devices/me/telemetry',
  events: 'v1/devices/me/events',
  calls: 'v1/devices/me/rpc/request/+',
  callOf: 'v1/devices/me/rpc/request/',
  reply: 'v1/devices/me/rpc/response/',
  gatewayTelemetry: 'v1/gateway/telemetry',
  gatewayEvents: 'v1/gateway/events',
  gatewayCalls: 'v1/gateway/rpc',
} as const;

/** Devices due within this many ms speak in one message of their gateway. */
const together = 2_000;
/** Messages a device keeps while the platform is away. */
const kept = 30;

export interface SpeakerOptions {
  readonly port: number;
  readonly token: string;
  readonly own: Device;
  readonly children: readonly Device[];
  readonly figures: Figures;
  now(): number;
}

/** One MQTT connection: a device that speaks for itself and, when it is a gateway, for those behind it. */
export class Speaker {
  readonly own: Device;
  readonly devices: readonly Device[];
  readonly #children: ReadonlyMap<string, Device>;
  readonly #client: MqttClient;
  readonly #figures: Figures;
  readonly #now: () => number;
  #timer: NodeJS.Timeout | undefined;
  #running = false;
  #met = false;

  constructor({ port, token, own, children, figures, now }: SpeakerOptions) {
    this.own = own;
    this.devices = [own, ...children];
    this.#children = new Map(children.map((child) => [child.unit.code, child]));
    this.#figures = figures;
    this.#now = now;
    const subscriptions = [
      ...(own.unit.called ? [topics.calls] : []),
      ...(children.length > 0 ? [topics.gatewayCalls] : []),
    ];
    this.#client = new MqttClient({
      host: '127.0.0.1',
      port,
      clientId: own.unit.code,
      username: token,
      subscriptions,
      most: kept,
      onConnected: () => {
        if (this.#met) figures.reconnects += 1;
        this.#met = true;
      },
      onMessage: (topic, payload) => this.#called(topic, payload),
      onRefused: () => {
        figures.refused += 1;
      },
    });
  }

  get connected(): boolean {
    return this.#client.connected;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    if (!this.own.silent) this.#client.start();
    this.plan();
  }

  stop(): void {
    this.#running = false;
    clearTimeout(this.#timer);
    this.#client.stop();
  }

  /** Looks again when to speak next: something happened to a device. */
  plan(): void {
    if (!this.#running) return;
    clearTimeout(this.#timer);
    const next = Math.min(...this.devices.map((device) => device.due()));
    if (next === Number.POSITIVE_INFINITY) return;
    this.#timer = setTimeout(() => this.#turn(), Math.min(Math.max(next - this.#now(), 20), 3_600_000));
  }

  /** Publishes with QoS 1 and counts; a full queue drops the message. */
  async publish(topic: string, body: unknown): Promise<void> {
    this.#figures.published += 1;
    try {
      await this.#client.publish(topic, JSON.stringify(body));
      this.#figures.acknowledged += 1;
    } catch {
      // A full memory or the end of the process; what a device cannot keep is lost, and counted.
      this.#figures.dropped += 1;
    }
  }

  /** Readings or events of one device, on the topic that is its own. */
  report(device: Device, kind: 'telemetry' | 'events', items: readonly object[]): Promise<void> {
    if (device === this.own) return this.publish(topics[kind], items);
    const topic = kind === 'telemetry' ? topics.gatewayTelemetry : topics.gatewayEvents;
    return this.publish(topic, { [device.unit.code]: items });
  }

  #turn(): void {
    const wasSilent = this.own.silent;
    const before = this.#now() + together;
    const words = this.devices
      .filter((device, at) => device.due() <= (at === 0 ? this.#now() : before))
      .map((device) => [device, device.speak()] as const);
    if (this.own.silent) this.#client.stop({ pause: true });
    else {
      if (wasSilent) this.#client.start();
      this.#say(words);
    }
    this.plan();
  }

  #say(words: readonly (readonly [Device, Word])[]): void {
    const events: Record<string, object[]> = {};
    const readings: Record<string, object[]> = {};
    for (const [device, { at, values, events: happened }] of words) {
      const told = happened.map(({ at: ts, event, data }) => ({ event, ts, ...(data && { data }) }));
      if (device === this.own) {
        if (told.length > 0) void this.publish(topics.events, told);
        void this.publish(topics.telemetry, { ts: at, values });
      } else {
        if (told.length > 0) events[device.unit.code] = told;
        readings[device.unit.code] = [{ ts: at, values }];
      }
    }
    if (Object.keys(events).length > 0) void this.publish(topics.gatewayEvents, events);
    if (Object.keys(readings).length > 0) void this.publish(topics.gatewayTelemetry, readings);
  }

  #called(topic: string, payload: Buffer): void {
    const call = readCall(topic, payload);
    const device = call?.device === undefined ? this.own : this.#children.get(call.device);
    if (!call || !device) return;
    this.#figures.calls += 1;
    const { reply, restarts } = answerCall(device, call.method, call.params, this.#now());
    const answered =
      call.device === undefined
        ? this.publish(`${topics.reply}${call.id}`, reply)
        : this.publish(topics.gatewayCalls, { device: call.device, id: call.id, data: reply });
    if (restarts !== undefined) void answered.then(() => this.#restart(restarts));
    else this.plan();
  }

  #restart(seconds: number): void {
    clearTimeout(this.#timer);
    this.#client.stop({ pause: true });
    this.#timer = setTimeout(() => {
      if (!this.#running) return;
      this.#client.start();
      this.plan();
    }, seconds * 1000);
  }
}

interface Call {
  readonly device?: string;
  readonly id: number;
  readonly method: string;
  readonly params: unknown;
}

/** A call as it stands on the wire; undefined for anything else. */
function readCall(topic: string, payload: Buffer): Call | undefined {
  let body: unknown;
  try {
    body = JSON.parse(payload.toString('utf8'));
  } catch {
    return undefined;
  }
  if (typeof body !== 'object' || body === null) return undefined;
  if (topic === topics.gatewayCalls && 'device' in body && typeof body.device === 'string' && 'data' in body) {
    const { device, data } = body;
    const inner = data as Partial<Call> | null;
    if (typeof inner?.method !== 'string' || typeof inner.id !== 'number') return undefined;
    return { device, id: inner.id, method: inner.method, params: inner.params };
  }
  const id = topic.startsWith(topics.callOf) ? Number(topic.slice(topics.callOf.length)) : Number.NaN;
  if (!Number.isInteger(id) || !('method' in body) || typeof body.method !== 'string') return undefined;
  return { id, method: body.method, params: 'params' in body ? body.params : undefined };
}
