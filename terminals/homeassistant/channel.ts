import { isUtf8 } from 'node:buffer';
import {
  type Broker,
  type Channel,
  type ChannelHost,
  type ChannelKind,
  type ChannelSetup,
  countedSilence,
  DeviceNotListed,
  DeviceRefused,
  DeviceSilent,
  fitting,
  isJsonObject,
  isRefusal,
  type LinkCounter,
  linksOf,
  MethodUnknown,
  mustBeMeant,
  openBroker,
  PayloadNotUtf8,
  PayloadTooLarge,
  PropertyUnknown,
  problemOf,
  type Refusal,
  type Refuse,
  refuse,
  refusingOnLine,
  sendToDevice,
  ToldOnce,
} from '@keystead/terminals/port';
import { type Announcement, readDiscovery, readDiscoveryTopic } from './discovery.ts';
import { KnownDevice, type NamedFace } from './known-device.ts';
import { faultsOf, HomeAssistantDevice, HomeAssistantSettings } from './settings.ts';
import { Strangers } from './strangers.ts';
import { payloadFor, wordOf } from './words.ts';

type Setup = ChannelSetup<HomeAssistantSettings, HomeAssistantDevice>;

const stateMost = 64 * 1024;
const attributeMost = 12_000;
const waitingMost = 256;

interface Waiting {
  device: string;
  point: string;
  told(value: unknown): void;
}

class HomeAssistantChannel implements Channel {
  readonly #setup: Setup;
  readonly #host: ChannelHost;
  readonly #prefix: string;
  readonly #links: LinkCounter;
  readonly #refuse: Refuse;
  readonly #devices: readonly KnownDevice[];
  readonly #strangers: Strangers;
  /** Who listens to a topic of states or presence. */
  #byTopic = new Map<string, Set<KnownDevice>>();
  readonly #told: ToldOnce;
  readonly #waiting = new Set<Waiting>();
  #broker: Broker | undefined;

  constructor(setup: Setup, host: ChannelHost) {
    this.#setup = setup;
    this.#host = host;
    this.#prefix = setup.settings.prefix ?? 'homeassistant';
    this.#devices = setup.devices.map(({ name, at }) => new KnownDevice(name, at));
    this.#links = linksOf(setup, host);
    this.#refuse = refusingOnLine({ host, links: this.#links });
    this.#told = new ToldOnce(host, this.#links);
    this.#strangers = new Strangers(setup.name);
  }

  async open(): Promise<this> {
    const use = {
      filters: [`${this.#prefix}/+/+/config`, `${this.#prefix}/+/+/+/config`],
      on: (topic: string, bytes: Uint8Array, retained: boolean) => this.#on(topic, bytes, retained),
      up: () => this.#up(),
      broke: () => this.#links.broke(''),
    };
    await this.#strangers.candidates.tell(this.#host);
    this.#broker = await openBroker(this.#setup.settings.broker, this.#setup.name, use, this.#host);
    return this;
  }

  links() {
    return this.#links.all();
  }

  async close(): Promise<void> {
    await this.#broker?.close();
  }

  #up(): void {
    this.#links.up('');
    if (!this.#setup.settings.announce) return;
    this.#broker
      ?.publish(`${this.#prefix}/status`, 'online', 5_000)
      .catch((err: Error) => this.#host.log.warn({ err }, 'not announced'));
  }

  /** `write` with `{ point, value }`: sent as the device wants it, read back where it tells its state. */
  async call(name: string, method: string, params: unknown, deadline: number): Promise<unknown> {
    const device = this.#devices.find((one) => one.name === name);
    if (!device) throw new DeviceNotListed({ device: name });
    if (method !== 'write') throw new MethodUnknown({ device: name, method });
    const given = isJsonObject(params) ? params : {};
    const face = device.faces.find(({ point }) => point === given.point);
    if (!device.info) throw new DeviceSilent({ device: name, detail: 'it has not announced itself' });
    if (!face?.commandTopic) throw problemOf(refuse(PropertyUnknown, 'it cannot be set', '/point'));
    const payload = payloadFor(face, given.value);
    if (typeof payload !== 'string') throw problemOf(payload);
    return countedSilence(this.#links, name, () => this.#write(device, face, given.value, payload, deadline));
  }

  /** A command is never kept by the broker, whatever the device asks: it would be carried out again after a restart. */
  async #write({ name }: KnownDevice, face: NamedFace, value: unknown, payload: string, deadline: number) {
    const send = async () => {
      this.#links.sent(name);
      await sendToDevice(this.#broker, name, { topic: face.commandTopic ?? '', payload }, deadline);
    };
    const { point } = face;
    const wanted = face.becomes?.get(value) ?? value;
    // A device that tells no state (a button), or of which the state says something else (stop), proves nothing.
    if (
      !face.stateTopic ||
      (face.payloads && face.type === 'enum' && ![...(face.meanings?.values() ?? [])].includes(wanted))
    ) {
      await send();
      return { point, value, verified: false };
    }
    const readBack = this.#readBack(name, point, wanted, deadline);
    const [found] = await Promise.all([readBack, send()]);
    return { point, value, readBack: found, verified: true };
  }

  #readBack(device: string, point: string, wanted: unknown, deadline: number): Promise<unknown> {
    if (this.#waiting.size >= waitingMost) throw new DeviceSilent({ device, detail: 'too many wait' });
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    let other: { value: unknown } | undefined;
    const waiting: Waiting = {
      device,
      point,
      told: (value) => {
        if (value === wanted) resolve(value);
        else other = { value };
      },
    };
    this.#waiting.add(waiting);
    const timer = setTimeout(() => {
      const detail = `reads back ${JSON.stringify(other?.value)}`.slice(0, 120);
      reject(other ? new DeviceRefused({ device, detail }) : new DeviceSilent({ device }));
    }, deadline);
    return promise.finally(() => {
      clearTimeout(timer);
      this.#waiting.delete(waiting);
    });
  }

  async #on(topic: string, bytes: Uint8Array, retained: boolean): Promise<void> {
    const about = readDiscoveryTopic(this.#prefix, topic);
    if (about) {
      const announced = readDiscovery(about, bytes);
      if (announced === 'gone') await this.#takeBack(topic);
      else if (isRefusal(announced)) this.#refuse(announced, bytes);
      else await this.#announced(topic, announced);
      return;
    }
    for (const device of this.#byTopic.get(topic) ?? []) await this.#said(device, topic, bytes, retained);
  }

  async #announced(topic: string, announced: Announcement): Promise<void> {
    const { ids } = announced.device;
    const device = this.#devices.find(({ at }) => ids.includes(at.device));
    for (const other of this.#devices) if (other !== device) other.takeBack(topic);
    if (!device) {
      this.#follow();
      if (this.#strangers.announce(topic, announced)) await this.#strangers.candidates.tell(this.#host);
      return;
    }
    if (!device.has(topic))
      for (const unread of announced.unread)
        this.#host.refuse(refuse(PropertyUnknown, `not read: ${unread}`), new Uint8Array(0), device.name);
    device.announce(topic, announced);
    this.#follow();
    await this.#describe(device);
  }

  async #takeBack(topic: string): Promise<void> {
    for (const device of this.#devices) device.takeBack(topic);
    this.#follow();
    if (this.#strangers.takeBack(topic)) await this.#strangers.candidates.tell(this.#host);
  }

  #follow(): void {
    const byTopic = new Map<string, Set<KnownDevice>>();
    for (const device of this.#devices)
      for (const topic of device.topics) byTopic.set(topic, (byTopic.get(topic) ?? new Set()).add(device));
    this.#byTopic = byTopic;
    this.#broker?.follow(byTopic.keys());
  }

  async #describe({ name, info, faces }: KnownDevice): Promise<void> {
    if (!info) return;
    const points = faces.map(({ point, type, component, unit, deviceClass, commandTopic }) => ({
      ...{ name: point, type, component },
      ...(unit && { unit }),
      ...(deviceClass && { deviceClass }),
      ...(commandTopic && { settable: true }),
    }));
    const { ids, manufacturer, model, version } = info;
    const values = { ids, title: info.name, manufacturer, model, version, points: fitting(points, attributeMost) };
    await this.#told.attributes(name, values);
  }

  async #said(device: KnownDevice, topic: string, bytes: Uint8Array, retained: boolean): Promise<void> {
    if (bytes.length > stateMost)
      return this.#refuse(refuse(PayloadTooLarge, `${bytes.length} bytes`), bytes, device.name);
    if (!isUtf8(bytes)) return this.#refuse(refuse(PayloadNotUtf8), bytes, device.name);
    const payload = Buffer.from(bytes).toString('utf8');
    if (device.presence.hear(topic, payload)) await this.#told.presence(device.name, device.presence.isThere);
    // A state the broker kept has no time: of yesterday, perhaps.
    if (retained && !this.#setup.settings.kept) return;
    const values: Record<string, unknown> = {};
    const refused: Refusal[] = [];
    for (const face of device.faces) {
      if (face.stateTopic !== topic) continue;
      const word = wordOf(face, payload);
      if (word === 'none') continue;
      if (isRefusal(word)) refused.push({ ...word, device: device.name });
      else values[face.point] = word.value;
    }
    if (Object.keys(values).length === 0) {
      for (const part of refused) this.#refuse(part, bytes, device.name);
      return;
    }
    await this.#host.take({ kind: 'readings', readings: [{ device: device.name, values }], refused });
    if (retained) return;
    this.#links.received(device.name);
    for (const waiting of this.#waiting)
      if (waiting.device === device.name && Object.hasOwn(values, waiting.point)) waiting.told(values[waiting.point]);
  }
}

async function open(setup: Setup, host: ChannelHost): Promise<HomeAssistantChannel> {
  mustBeMeant(setup.name, faultsOf(setup.devices));
  return new HomeAssistantChannel(setup, host).open();
}

/** Devices that announce themselves in the form of Home Assistant's MQTT discovery (I-7.1-a, I-7.1-c). */
export const homeAssistantChannel = {
  protocol: 'homeassistant',
  name: { zh: 'Home Assistant 发现', en: 'Home Assistant discovery' },
  settings: HomeAssistantSettings,
  device: HomeAssistantDevice,
  bearers: ['wifi', 'ethernet', 'zigbee', 'ble'],
  open,
} satisfies ChannelKind<typeof HomeAssistantSettings, typeof HomeAssistantDevice>;
