import {
  type Broker,
  bearers,
  type Channel,
  type ChannelHost,
  type ChannelKind,
  type ChannelSetup,
  countedSilence,
  DeviceNotListed,
  DeviceRefused,
  DeviceSilent,
  isJsonObject,
  isRefusal,
  type JsonObject,
  type LinkCounter,
  linksOf,
  MethodUnknown,
  openBroker,
  PayloadMalformed,
  problemOf,
  type Refuse,
  readJsonObject,
  refuse,
  refusingOfDevices,
  sendToDevice,
  ToldOnce,
} from '@keystead/terminals/port';
import { differing, writeGet, writeSet, type ZigbeeCommand } from './commands.ts';
import { readDevices, readPresence, readTopic, type ZigbeeDevice } from './network.ts';
import { ZigbeeAddress, ZigbeeSettings } from './settings.ts';
import { readState, wordOf } from './states.ts';

type Setup = ChannelSetup<ZigbeeSettings, ZigbeeAddress>;

const stateLimit = 64 * 1024;
const watchersOfOne = 32;
const messagesEarly = 2_000;

type Watcher = (state: JsonObject) => void;

class ZigbeeChannel implements Channel {
  readonly #setup: Setup;
  readonly #host: ChannelHost;
  readonly #base: string;
  readonly #links: LinkCounter;
  readonly #refuse: Refuse;
  readonly #byAddress: ReadonlyMap<string, string>;
  /** By friendly name; undefined until the bridge has told its list. */
  #devices: Map<string, ZigbeeDevice> | undefined;
  /** Messages that came before the list, the last of each topic. */
  readonly #early = new Map<string, { bytes: Uint8Array; retained: boolean }>();
  readonly #told: ToldOnce;
  readonly #watchers = new Map<string, Set<Watcher>>();
  #broker: Broker | undefined;

  constructor(setup: Setup, host: ChannelHost) {
    this.#setup = setup;
    this.#host = host;
    this.#base = setup.settings.base ?? 'zigbee2mqtt';
    this.#byAddress = new Map(setup.devices.map(({ name, at }) => [keyOf(at.address), name]));
    this.#links = linksOf(setup, host);
    this.#refuse = refusingOfDevices({ host, links: this.#links });
    this.#told = new ToldOnce(host, this.#links);
  }

  async open(): Promise<this> {
    const use = {
      filters: [`${this.#base}/#`],
      on: (topic: string, bytes: Uint8Array, retained: boolean) => this.#on(topic, bytes, retained),
      // The broker answers; whether the bridge does is told by `bridge/state`.
      up: () => undefined,
      broke: () => this.#links.broke(''),
    };
    this.#broker = await openBroker(this.#setup.settings.broker, this.#setup.name, use, this.#host);
    return this;
  }

  links() {
    return this.#links.all();
  }

  async close(): Promise<void> {
    await this.#broker?.close();
  }

  /** `set` with `{ property: value }` (read back), `get` with `['property', …]`. */
  async call(name: string, method: string, params: unknown, deadline: number): Promise<unknown> {
    const device = [...(this.#devices?.values() ?? [])].find((one) => this.#nameOf(one) === name);
    if (!device) throw new DeviceSilent({ device: name, detail: 'the bridge does not know it' });
    if (method !== 'set' && method !== 'get') throw new MethodUnknown({ method });
    const command = method === 'set' ? writeSet(params, device.points) : writeGet(params, device.points);
    if (isRefusal(command)) throw problemOf(command);
    const until = performance.now() + deadline;
    const left = () => Math.max(1, until - performance.now());
    return countedSilence(this.#links, name, async () => {
      let state = await this.#send(device, method, command, left());
      // The first answer may be what the bridge expects rather than what is; where it can be asked for, it is.
      const askable = command.points.filter((point) => point.askable);
      if (method === 'set' && askable.length > 0) {
        const ask = { payload: Object.fromEntries(askable.map(({ property }) => [property, ''])), points: askable };
        state = { ...state, ...(await this.#send(device, 'get', ask, left())) };
      }
      const found = Object.fromEntries(
        command.points.map((point) => [point.property, wordOf(point, state[point.property])]),
      );
      const wrong = method === 'set' ? differing(command, state) : [];
      if (wrong.length === 0) return found;
      throw new DeviceRefused({ device: name, detail: `reads back otherwise: ${JSON.stringify(found).slice(0, 200)}` });
    });
  }

  /** Sends and waits for the next state that names all the properties. */
  async #send(
    device: ZigbeeDevice,
    verb: 'set' | 'get',
    command: ZigbeeCommand,
    deadline: number,
  ): Promise<JsonObject> {
    const name = this.#nameOf(device) ?? device.friendlyName;
    const watchers = this.#watchers.get(device.friendlyName) ?? new Set();
    if (watchers.size >= watchersOfOne) throw new DeviceSilent({ device: name, detail: 'too many wait for it' });
    this.#watchers.set(device.friendlyName, watchers);
    let watcher: Watcher = () => undefined;
    let timer: NodeJS.Timeout | undefined;
    const answer = new Promise<JsonObject>((resolve, reject) => {
      watcher = (state) => {
        if (command.points.every(({ property }) => Object.hasOwn(state, property))) resolve(state);
      };
      timer = setTimeout(() => reject(new DeviceSilent({ device: name })), deadline);
      watchers.add(watcher);
    });
    const topic = `${this.#base}/${device.friendlyName}/${verb}`;
    const sent = sendToDevice(this.#broker, name, { topic, payload: JSON.stringify(command.payload) }, deadline);
    this.#links.sent(name);
    try {
      // The device may answer before the broker has acknowledged; either failure ends it.
      const [state] = await Promise.all([answer, sent]);
      return state;
    } finally {
      clearTimeout(timer);
      watchers.delete(watcher);
      if (watchers.size === 0) this.#watchers.delete(device.friendlyName);
    }
  }

  #nameOf(device: ZigbeeDevice): string | undefined {
    return this.#byAddress.get(device.ieee) ?? this.#byAddress.get(device.friendlyName);
  }

  /** Rejects only when words could not be stored; then the message is given again. */
  async #on(topic: string, bytes: Uint8Array, retained: boolean): Promise<void> {
    const about = readTopic(this.#base, topic);
    if ('friendlyName' in about && this.#devices === undefined) {
      if (this.#early.size < messagesEarly) this.#early.set(topic, { bytes, retained });
      return;
    }
    switch (about.use) {
      case 'bridge-state': {
        const present = readPresence(bytes);
        if (present === true) this.#links.up('');
        else if (present === false) this.#links.broke('');
        return;
      }
      case 'devices':
        return this.#list(bytes);
      case 'bridge-event':
        return this.#bridgeEvent(bytes);
      case 'availability':
        return this.#availability(about.friendlyName, bytes);
      case 'state':
        return this.#state(about.friendlyName, bytes, retained);
    }
  }

  async #list(bytes: Uint8Array): Promise<void> {
    const list = readDevices(bytes);
    if (isRefusal(list)) return this.#refuse(list, bytes);
    this.#devices = new Map(list.map((device) => [device.friendlyName, device]));
    for (const device of list) {
      const name = this.#nameOf(device);
      const { model, vendor, powerSource, ieee, points } = device;
      const values = { ieee, model, vendor, powerSource, points };
      if (name !== undefined) await this.#told.attributes(name, values);
    }
    for (const [topic, { bytes: early, retained }] of [...this.#early]) {
      await this.#on(topic, early, retained);
      this.#early.delete(topic);
    }
  }

  async #bridgeEvent(bytes: Uint8Array): Promise<void> {
    const event = readJsonObject(bytes, stateLimit);
    if (isRefusal(event)) return this.#refuse(event, bytes);
    const words: Record<string, string> = {
      device_joined: 'joined',
      device_leave: 'left',
      device_announce: 'announced',
    };
    const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
    const kind = textOf(event.type);
    const word = Object.hasOwn(words, kind) ? words[kind] : undefined;
    const data = isJsonObject(event.data) ? event.data : {};
    const name =
      this.#byAddress.get(keyOf(textOf(data.ieee_address))) ?? this.#byAddress.get(textOf(data.friendly_name));
    if (word === undefined || name === undefined) return;
    await this.#host.take({ kind: 'occurrences', occurrences: [{ device: name, event: word }] });
  }

  async #availability(friendlyName: string, bytes: Uint8Array): Promise<void> {
    const device = this.#devices?.get(friendlyName);
    const name = device && this.#nameOf(device);
    const present = readPresence(bytes);
    if (name !== undefined) await this.#told.presence(name, present);
  }

  async #state(friendlyName: string, bytes: Uint8Array, retained: boolean): Promise<void> {
    const device = this.#devices?.get(friendlyName);
    const name = device && this.#nameOf(device);
    if (!device || name === undefined) return this.#refuse(refuse(DeviceNotListed, friendlyName.slice(0, 128)), bytes);
    const state = readJsonObject(bytes, stateLimit);
    if (isRefusal(state)) return this.#refuse(state, bytes, name);
    const { reading, occurrence } = readState(state, device.points);
    // A state the broker kept is old; only `last_seen` tells how old.
    if (retained && reading?.time === undefined) return;
    if (!reading && !occurrence) return this.#refuse(refuse(PayloadMalformed, 'none of its properties'), bytes, name);
    if (reading) await this.#host.take({ kind: 'readings', readings: [{ ...reading, device: name }] });
    if (occurrence && !retained)
      await this.#host.take({ kind: 'occurrences', occurrences: [{ ...occurrence, device: name }] });
    if (retained) return;
    this.#links.received(name);
    for (const watcher of [...(this.#watchers.get(friendlyName) ?? [])]) watcher(state);
  }
}

const keyOf = (address: string): string => (/^0x[0-9a-f]{16}$/i.test(address) ? address.toLowerCase() : address);

/** Zigbee devices through zigbee2mqtt (H-6.1-1). */
export const zigbeeChannel = {
  protocol: 'zigbee',
  name: { zh: 'Zigbee', en: 'Zigbee' },
  settings: ZigbeeSettings,
  device: ZigbeeAddress,
  bearers: bearers.filter((bearer) => bearer === 'zigbee'),
  open: (setup: Setup, host: ChannelHost) => new ZigbeeChannel(setup, host).open(),
} satisfies ChannelKind<typeof ZigbeeSettings, typeof ZigbeeAddress>;
