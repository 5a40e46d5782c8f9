import { setTimeout } from 'node:timers/promises';
import type { MqttClient } from 'mqtt';
import { type Static, Type } from 'typebox';
import type { ChannelHost } from './channel.ts';
import { DeviceSilent } from './refusal.ts';

/** How an agent reaches somebody else's MQTT broker. */
export const BrokerSettings = Type.Object(
  {
    url: Type.String({ pattern: '^(mqtt|mqtts|ws|wss)://', maxLength: 512, title: 'mqtts://host:8883' }),
    username: Type.Optional(Type.String({ maxLength: 256 })),
    password: Type.Optional(Type.String({ maxLength: 1024, format: 'password' })),
    /** Certificate of the broker's authority, PEM; absent = those the machine trusts. */
    ca: Type.Optional(Type.String({ maxLength: 65_536 })),
    /** Its session is kept by the broker while the agent is away; two agents need two names. */
    clientId: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  },
  { additionalProperties: false },
);

/** A message beside its topic. */
export interface BrokerMessage {
  topic: string;
  payload: string | Uint8Array;
  /** The broker keeps it for those who come later. */
  retain?: boolean;
  /** 1 unless the protocol asks for 0, which proves nothing. */
  qos?: 0 | 1;
}

export type HowPublished = Pick<BrokerMessage, 'retain' | 'qos'>;

export interface BrokerUse {
  filters: readonly string[];
  /** What the broker says in our place when we are gone; asked for anew before each connection. */
  will?(): BrokerMessage;
  /** Nothing is kept for us while we are away: for protocols that begin anew with each connection. */
  clean?: boolean;
  /**
   * One message. While it runs, nothing further is read and this one is not acknowledged; when it rejects it is tried
   * again after a pause, so it must be harmless twice.
   */
  on(topic: string, payload: Uint8Array, retained: boolean): Promise<void>;
  up(): void;
  broke(): void;
}

export interface Broker {
  readonly connected: boolean;
  /** Resolves when the broker has it. Rejects when not connected: nothing waits to be sent late. */
  publish(topic: string, payload: string | Uint8Array, deadline: number, how?: HowPublished): Promise<void>;
  /** Listens to these topics besides its filters from now on, and no more to those it was told before. */
  follow(topics: Iterable<string>): void;
  close(): Promise<void>;
}

/**
 * Sends a command to a device by its broker. Rejects with `DeviceSilent` when the broker does not take it: a device that
 * cannot be reached does not answer.
 */
export async function sendToDevice(
  broker: Broker | undefined,
  device: string,
  { topic, payload, ...how }: BrokerMessage,
  deadline: number,
): Promise<void> {
  await broker?.publish(topic, payload, deadline, how).catch((cause: Error) => {
    throw new DeviceSilent({ device, detail: cause.message });
  });
}

/** Bytes of one message; longer ones are refused by the client before they are read. */
const largest = 4 * 1024 * 1024;
const retryAfter = 1_000;

function untilTaken(use: BrokerUse, host: ChannelHost, closed: AbortSignal) {
  const attempt = async (topic: string, payload: Uint8Array, retained: boolean): Promise<void> => {
    while (!closed.aborted) {
      try {
        return await use.on(topic, payload, retained);
      } catch (cause) {
        host.log.warn({ err: cause, topic }, 'not taken, tried again');
        await setTimeout(retryAfter, undefined, { signal: closed });
      }
    }
    throw new Error('closed');
  };
  return attempt;
}

function publishOn(
  client: MqttClient,
  { topic, payload, retain = false, qos = 1 }: BrokerMessage,
  deadline: number,
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!client.connected) return reject(new Error('the broker is not connected'));
    const timer = new AbortController();
    setTimeout(deadline, undefined, { signal: timer.signal }).then(
      () => reject(new Error('the broker did not acknowledge')),
      () => undefined,
    );
    const bytes = typeof payload === 'string' ? payload : Buffer.from(payload);
    client.publish(topic, bytes, { qos, retain }, (cause) => {
      timer.abort();
      if (cause) reject(cause);
      else resolve();
    });
  });
}

/**
 * A client at a broker that is not ours: kept session, subscriptions renewed, reconnection with a rising pause, QoS 1
 * acknowledged only after `use.on` is done. Resolves at once; a broker out of reach is tried again for ever.
 */
export async function openBroker(
  settings: Static<typeof BrokerSettings>,
  name: string,
  use: BrokerUse,
  host: ChannelHost,
): Promise<Broker> {
  const { connect } = await import('mqtt');
  const closing = new AbortController();
  const take = untilTaken(use, host, closing.signal);
  let pause = 500;
  const will = () => {
    const said = use.will?.();
    return (
      said && { topic: said.topic, payload: Buffer.from(said.payload), qos: 1 as const, retain: said.retain ?? false }
    );
  };
  const client = connect(settings.url, {
    clientId: settings.clientId ?? `keystead-${name}`.slice(0, 64),
    username: settings.username,
    password: settings.password,
    ca: settings.ca,
    clean: use.clean ?? false,
    will: will(),
    resubscribe: true,
    reconnectPeriod: pause,
    connectTimeout: 10_000,
    keepalive: 30,
    queueQoSZero: false,
  });
  client.handleMessage = (packet, done) => {
    const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
    if (payload.length > largest) {
      host.log.warn({ topic: packet.topic, bytes: payload.length }, 'too large, dropped');
      return done();
    }
    take(packet.topic, payload, packet.retain).then(
      () => done(),
      (cause: Error) => done(cause),
    );
  };
  let wasUp = false;
  let followed = new Set<string>();
  client.on('reconnect', () => {
    client.options.will = will();
  });
  client.on('connect', () => {
    pause = 500;
    client.options.reconnectPeriod = pause;
    client.subscribe([...use.filters, ...followed], { qos: 1 }, (cause) => {
      if (cause) return host.log.warn({ err: cause }, 'not subscribed');
      wasUp = true;
      use.up();
    });
  });
  client.on('close', () => {
    if (wasUp) use.broke();
    wasUp = false;
    pause = Math.min(pause * 2, 30_000);
    client.options.reconnectPeriod = pause;
  });
  client.on('error', (cause) => host.log.warn({ err: cause }, 'broker'));
  return {
    get connected() {
      return client.connected && wasUp;
    },
    publish: (topic, payload, deadline, how) => publishOn(client, { topic, payload, ...how }, deadline),
    follow: (topics) => {
      const before = followed;
      followed = new Set(topics);
      // Not waited for: its answer comes behind the message that may have led to it. Without a line all is renewed.
      if (!client.connected) return;
      const failed = (cause?: Error | null) => void (cause && host.log.warn({ err: cause }, 'not subscribed'));
      const added = [...followed].filter((topic) => !before.has(topic));
      const over = [...before].filter((topic) => !followed.has(topic));
      if (added.length > 0) client.subscribe(added, { qos: 1 }, failed);
      if (over.length > 0) client.unsubscribe(over, failed);
    },
    close: async () => {
      closing.abort();
      await client.endAsync(true);
    },
  };
}
