import {
  type Broker,
  bearers,
  type Channel,
  type ChannelHost,
  type ChannelKind,
  type ChannelSetup,
  CodecUnknown,
  countedSilence,
  type DecodedPayload,
  DeviceNotListed,
  DeviceSilent,
  isJsonObject,
  isRefusal,
  type LinkCounter,
  linksOf,
  openBroker,
  PayloadMalformed,
  problemOf,
  type Receiver,
  type Refusal,
  type Refuse,
  refuse,
  refusingOfDevices,
  uplinksOf,
} from '@keystead/terminals/port';
import { chirpstack } from './chirpstack.ts';
import { Fates } from './fates.ts';
import { payload } from './fields.ts';
import type { Downlink, NetworkEvent, NetworkServer } from './network-server.ts';
import { Repeats } from './repeats.ts';
import { LorawanDevice, LorawanSettings } from './settings.ts';
import { thingsStack } from './things-stack.ts';
import { openWebhook } from './webhook.ts';

type Setup = ChannelSetup<LorawanSettings, LorawanDevice>;
type Up = Extract<NetworkEvent, { kind: 'up' }>;

const servers: Record<LorawanSettings['server'], NetworkServer> = {
  chirpstack,
  'the-things-stack': thingsStack,
};

/** Largest payload LoRaWAN carries at any data rate. */
const longest = 242;

interface Known {
  name: string;
  at: LorawanDevice;
  deviceId?: string;
  application?: string;
}

class LorawanChannel implements Channel {
  readonly #setup: Setup;
  readonly #host: ChannelHost;
  readonly #server: NetworkServer;
  readonly #links: LinkCounter;
  readonly #refuse: Refuse;
  readonly #repeats = new Repeats();
  readonly #fates = new Fates();
  readonly #devices: ReadonlyMap<string, Known>;
  /** Frames of one device are taken one after the other, whatever they came over. */
  readonly #lanes = new Map<string, Promise<unknown>>();
  #broker: Broker | undefined;
  #webhook: Receiver | undefined;

  constructor(setup: Setup, host: ChannelHost) {
    this.#setup = setup;
    this.#host = host;
    this.#server = servers[setup.settings.server];
    this.#links = linksOf(setup, host);
    this.#refuse = refusingOfDevices({ host, links: this.#links });
    this.#devices = new Map(setup.devices.map(({ name, at }) => [at.devEui.toLowerCase(), { name, at, ...at }]));
  }

  async open(): Promise<this> {
    const { over } = this.#setup.settings;
    if (over.kind === 'mqtt') {
      this.#broker = await openBroker(
        over.broker,
        this.#setup.name,
        {
          filters: this.#server.filters(over.application),
          on: async (topic, bytes) => {
            await this.#on(topic, bytes);
          },
          up: () => this.#links.up(''),
          broke: () => this.#links.broke(''),
        },
        this.#host,
      );
    } else {
      const refused = (refusal: Refusal, sample: Uint8Array) => this.#refuse(refusal, sample);
      const on = (event: string, body: Uint8Array) => this.#on(event, body);
      this.#webhook = await openWebhook(over, { token: over.token, on, refused }, this.#host.log);
    }
    return this;
  }

  get port(): number {
    return this.#webhook?.port ?? 0;
  }

  links() {
    return this.#links.all();
  }

  async close(): Promise<void> {
    this.#fates.close();
    await this.#broker?.close();
    await this.#webhook?.close();
  }

  async call(device: string, method: string, params: unknown, deadline: number): Promise<unknown> {
    const known = [...this.#devices.values()].find(({ name }) => name === device);
    if (!known) throw new DeviceSilent({ device, detail: 'it is not configured here' });
    const { fPort, bytes } = await this.#encode(known, method, params);
    const confirmed = known.at.confirmed ?? true;
    const { id, outcome, drop } = this.#fates.begin(device, confirmed, deadline);
    try {
      const application = this.#application() ?? known.application;
      if (application === undefined) throw new DeviceSilent({ device, detail: 'its application is not known yet' });
      const devEui = known.at.devEui.toLowerCase();
      const downlink = { id, devEui, deviceId: known.deviceId, application, fPort, bytes, confirmed };
      await this.#send(downlink, deadline);
    } catch (cause) {
      drop();
      if (cause instanceof DeviceSilent) throw cause;
      throw new DeviceSilent({ device, detail: cause instanceof Error ? cause.message : 'not sent' });
    }
    this.#links.sent(device);
    return countedSilence(this.#links, device, () => outcome);
  }

  /** As it was configured: The Things Stack wants its tenant with it, which its messages do not tell. */
  #application(): string | undefined {
    const { over } = this.#setup.settings;
    return over.kind === 'mqtt' && over.application !== '+' ? over.application : undefined;
  }

  /** By the device's codec; or bytes as they are, by the method `downlink` with `{ fPort, data: base64 }`. */
  async #encode(known: Known, method: string, params: unknown): Promise<{ fPort: number; bytes: Uint8Array }> {
    if (method === 'downlink' && isJsonObject(params) && typeof params.data === 'string') {
      const bytes = payload(params.data);
      const fPort = params.fPort ?? 1;
      if (!bytes || bytes.length > longest || !Number.isInteger(fPort) || Number(fPort) < 1 || Number(fPort) > 223)
        throw new PayloadMalformed({ detail: `fPort 1–223 and at most ${longest} bytes of base64` });
      return { fPort: Number(fPort), bytes };
    }
    const codec = this.#codecOf(known);
    if (isRefusal(codec)) throw problemOf(codec);
    const { variables, devEui } = known.at;
    const encoded = await codec.encode({ method, params, device: devEui.toLowerCase(), variables });
    if (isRefusal(encoded)) throw problemOf(encoded);
    if (encoded.bytes.length > longest) throw new PayloadMalformed({ detail: `more than ${longest} bytes` });
    return { fPort: encoded.fPort ?? 1, bytes: encoded.bytes };
  }

  async #send(downlink: Downlink, deadline: number): Promise<void> {
    const { topic, payload: body } = this.#server.command(downlink);
    const { over } = this.#setup.settings;
    if (over.kind === 'mqtt') {
      return await this.#broker?.publish(topic, body, deadline);
    }
    if (!over.commands || downlink.deviceId === undefined)
      throw new Error(over.commands ? 'its device id is not known yet' : 'commands are not configured');
    const answer = await fetch(`${over.commands.url}/devices/${encodeURIComponent(downlink.deviceId)}/down/push`, {
      method: 'POST',
      headers: { authorization: `Bearer ${over.commands.key}`, 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(deadline),
    });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`the network server answered ${answer.status}`);
  }

  #codecOf(known: Known) {
    const name = known.at.codec ?? this.#setup.settings.codec;
    if (name === undefined) return refuse(CodecUnknown, 'the device has no codec');
    return this.#host.codec?.(name) ?? refuse(CodecUnknown, name);
  }

  /** Rejects only when the words could not be stored now; then it is to come again. */
  async #on(about: string, bytes: Uint8Array): Promise<Refusal | undefined> {
    const event = this.#server.read(about, bytes);
    if (isRefusal(event)) {
      this.#refuse(event, bytes);
      return event;
    }
    if (event.kind === 'other') return undefined;
    const known = this.#devices.get(event.devEui);
    if (!known) {
      const refusal = refuse(DeviceNotListed, event.devEui);
      this.#refuse(refusal, bytes);
      // Answered as taken: sending it again would not help.
      return undefined;
    }
    known.deviceId = event.deviceId ?? known.deviceId;
    known.application = event.application ?? known.application;
    await this.#inLane(event.devEui, () => this.#told(event, known, bytes));
    return undefined;
  }

  async #inLane(devEui: string, work: () => Promise<void>): Promise<void> {
    const before = this.#lanes.get(devEui) ?? Promise.resolve();
    const mine = before.then(work, work);
    const lane = mine.catch(() => undefined);
    this.#lanes.set(devEui, lane);
    await lane;
    if (this.#lanes.get(devEui) === lane) this.#lanes.delete(devEui);
    await mine;
  }

  async #told(event: Exclude<NetworkEvent, { kind: 'other' }>, known: Known, bytes: Uint8Array): Promise<void> {
    const time = event.time === undefined ? undefined : Math.round(event.time * 1000);
    switch (event.kind) {
      case 'fate':
        this.#fates.settle(event);
        return;
      case 'join': {
        this.#repeats.forget(event.devEui);
        const occurrence = { device: known.name, time, event: 'joined', data: { devAddr: event.devAddr } };
        await this.#host.take({ kind: 'occurrences', occurrences: [occurrence] });
        this.#links.received(known.name);
        return;
      }
      case 'status': {
        const { battery, margin, externalPower } = event;
        const values = drop({ battery, margin, externalPower });
        if (this.#setup.settings.link !== false)
          await this.#host.take({ kind: 'readings', readings: [{ device: known.name, time, values }] });
        this.#links.received(known.name);
        return;
      }
      case 'up':
        if (this.#repeats.has(event)) return;
        await this.#take(event, known, time, bytes);
        this.#repeats.note(event, this.#host.clock.now().getTime());
    }
  }

  async #decode(event: Up, known: Known): Promise<DecodedPayload | Refusal | undefined> {
    const named = known.at.codec ?? this.#setup.settings.codec;
    if (named === undefined || event.bytes.length === 0) {
      if (event.object) return { readings: [{ values: event.object }], occurrences: [], warnings: [] };
      return event.bytes.length === 0
        ? undefined
        : refuse(CodecUnknown, 'no codec here, and none at the network server');
    }
    const codec = this.#codecOf(known);
    if (isRefusal(codec)) return codec;
    const { bytes, fPort, time: recvTime } = event;
    return codec.decode({ bytes, fPort, recvTime, variables: known.at.variables });
  }

  async #take(event: Up, known: Known, time: number | undefined, bytes: Uint8Array): Promise<void> {
    const decoded = await this.#decode(event, known);
    const { rssi, snr } = event.reception;
    const { fCnt, battery, spreadingFactor } = event;
    const link = this.#setup.settings.link === false ? {} : drop({ rssi, snr, fCnt, spreadingFactor, battery });
    this.#links.received(known.name);
    if (decoded && isRefusal(decoded)) this.#refuse(decoded, event.bytes.length > 0 ? event.bytes : bytes, known.name);
    const words = decoded && !isRefusal(decoded) ? decoded : { readings: [], occurrences: [], warnings: [] };
    // What the device measured itself goes before what the network says of the link.
    if (Object.keys(link).length > 0) {
      const first = words.readings.find((one) => one.device === undefined && one.time === undefined);
      if (first) first.values = { ...link, ...first.values };
      else words.readings.push({ values: link });
    }
    for (const uplink of uplinksOf(words, () => known.name, time)) await this.#host.take(uplink);
  }
}

const drop = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** LoRaWAN through a network server of somebody's: ChirpStack 4 or The Things Stack 3 (H-6.1-1). */
export const lorawanChannel = {
  protocol: 'lorawan',
  name: { zh: 'LoRaWAN', en: 'LoRaWAN' },
  settings: LorawanSettings,
  device: LorawanDevice,
  bearers: bearers.filter((bearer) => bearer === 'lora'),
  open: (setup: Setup, host: ChannelHost) => new LorawanChannel(setup, host).open(),
} satisfies ChannelKind<typeof LorawanSettings, typeof LorawanDevice>;
