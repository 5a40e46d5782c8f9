import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import mqtt from 'mqtt-packet';

/** Devices that keep what is not acknowledged and send it again after each break. */
export interface DeliveryLoad {
  port: number;
  tokens: string[];
  /** Of each device, with times from `base` on, one ms apart. */
  messages: number;
  base: number;
  window: number;
}

export interface DeliveryDone {
  acknowledged: number;
  breaks: number;
  seconds: number;
}

const topic = 'v1/devices/me/telemetry';

function publication(id: number, time: number, dup: boolean): Buffer {
  const payload = `{"ts":${time},"values":{"temperature":21.5}}`;
  return mqtt.generate({ cmd: 'publish', topic, payload, qos: 1, messageId: id, retain: false, dup });
}

class Sender {
  readonly #load: DeliveryLoad;
  readonly #token: string;
  /** By packet number: which message it carries. */
  readonly #underWay = new Map<number, number>();
  #next = 0;
  #socket: Socket | undefined;
  acknowledged = 0;
  breaks = -1;

  constructor(load: DeliveryLoad, token: string) {
    this.#load = load;
    this.#token = token;
  }

  /** Resolves when every message was acknowledged. */
  async run(): Promise<void> {
    while (this.acknowledged < this.#load.messages) {
      this.breaks++;
      await this.#once();
      if (this.acknowledged < this.#load.messages) await sleep(20 + Math.random() * 100);
    }
  }

  #once(): Promise<void> {
    const socket = connect({ host: '127.0.0.1', port: this.#load.port, noDelay: true });
    this.#socket = socket;
    const parser = mqtt.parser({ protocolVersion: 4 });
    parser.on('packet', (packet) => {
      if (packet.cmd === 'connack' && packet.returnCode === 0) this.#begin();
      if (packet.cmd === 'puback') this.#take(packet.messageId ?? 0);
    });
    parser.on('error', () => socket.destroy());
    socket.on('data', (bytes) => parser.parse(bytes));
    socket.on('error', () => {});
    const common = { protocolId: 'MQTT', protocolVersion: 4, clean: true, keepalive: 60 } as const;
    const hello = { cmd: 'connect' as const, ...common, clientId: this.#token.slice(0, 12), username: this.#token };
    socket.on('connect', () => socket.write(mqtt.generate(hello)));
    return new Promise((resolve) => socket.once('close', () => resolve()));
  }

  #begin(): void {
    const again = [...this.#underWay].map(([id, message]) => publication(id, this.#load.base + message, true));
    this.#socket?.write(Buffer.concat(again));
    this.#fill();
  }

  #fill(): void {
    const { messages, base, window } = this.#load;
    const parts: Buffer[] = [];
    while (this.#underWay.size < window && this.#next < messages) {
      const message = this.#next++;
      const id = (message % 60_000) + 1;
      this.#underWay.set(id, message);
      parts.push(publication(id, base + message, false));
    }
    if (parts.length > 0) this.#socket?.write(Buffer.concat(parts));
  }

  #take(id: number): void {
    if (!this.#underWay.delete(id)) return;
    this.acknowledged++;
    if (this.acknowledged === this.#load.messages) this.#socket?.destroy();
    else if (this.#underWay.size <= this.#load.window / 2) this.#fill();
  }
}

async function run(load: DeliveryLoad): Promise<DeliveryDone> {
  const senders = load.tokens.map((token) => new Sender(load, token));
  process.send?.({ ready: true });
  await new Promise((resolve) => process.once('message', resolve));
  const began = performance.now();
  await Promise.all(senders.map((sender) => sender.run()));
  return {
    acknowledged: senders.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
    breaks: senders.reduce((sum, { breaks }) => sum + breaks, 0),
    seconds: (performance.now() - began) / 1000,
  };
}

process.once('message', (load: DeliveryLoad) => {
  run(load).then(
    (done) => process.send?.({ done }, () => process.exit(0)),
    (cause: Error) => process.send?.({ failed: cause.message }, () => process.exit(1)),
  );
});
