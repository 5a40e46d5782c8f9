import { setTimeout as pause } from 'node:timers/promises';
import { offerValues } from '@keystead/contracts/firmware';
import {
  bearers,
  type Channel,
  type ChannelHost,
  type ChannelKind,
  DeviceNotListed,
  type DevicePackage,
  isRefusal,
  type LinkCounter,
  linksOf,
  mustBeMeant,
  Overloaded,
  problemOf,
  type Refusal,
  type Refuse,
  refuse,
  refusingOnLine,
  untaken,
} from '@keystead/terminals/port';
import type { Asked } from './client/asking.ts';
import { callDevice } from './client/calling.ts';
import { readingsOf, readRepresentation } from './client/values.ts';
import { observe, poll } from './client/watching.ts';
import { clearNetworks, faultsOf, isClear, type Known, knownOf, type Setup } from './known.ts';
import { contentFormats } from './message/code.ts';
import { optionNumbers, uintOf } from './message/option.ts';
import { numberLead } from './oscore/relation.ts';
import { Calls } from './server/calls.ts';
import { Door } from './server/door.ts';
import { decodeWith, Service } from './server/service.ts';
import { Subscriptions } from './server/subscriptions.ts';
import { CoapDevice, type CoapResource, CoapSettings } from './settings.ts';
import { type Content, Endpoint } from './transport/endpoint.ts';

const standardAckTimeout = 2_000;
/** A question may be repeated four times, with doubled pauses: 31 × 1.5 of the first, and the answer of the last. */
const patienceOf = (ackTimeout: number): number => ackTimeout * 48;

class CoapChannel implements Channel {
  readonly #setup: Setup;
  readonly #host: ChannelHost;
  readonly #links: LinkCounter;
  readonly #refuse: Refuse;
  readonly #devices: ReadonlyMap<string, Known>;
  readonly #asked: ReadonlyMap<string, Asked>;
  readonly #calls = new Calls();
  readonly #service: Service;
  readonly #closing = new AbortController();
  readonly #work: Promise<void>[] = [];
  #endpoint: Endpoint | undefined;

  constructor(setup: Setup, host: ChannelHost) {
    const { settings, devices } = setup;
    this.#setup = setup;
    this.#host = host;
    const known = devices.map((device) => knownOf(device, host.clock));
    this.#devices = new Map(known.map((device) => [device.name, device]));
    this.#links = linksOf(setup, host);
    this.#refuse = refusingOnLine({ host, links: this.#links });
    const clear = clearNetworks(settings.networks ?? []);
    this.#asked = new Map(known.flatMap((device) => askedOf(device, (address) => isClear(clear, address))));
    const subscriptions = new Subscriptions(() => this.#opened());
    this.#service = new Service({
      door: new Door(known, clear),
      calls: this.#calls,
      subscriptions,
      links: this.#links,
      host,
      codec: settings.codec,
    });
  }

  /** UDP port it listens on. */
  get port(): number {
    return this.#endpoint?.port ?? 0;
  }

  async open(): Promise<this> {
    const { settings, devices } = this.#setup;
    if (devices.some(({ at }) => at.oscore)) await pause(numberLead);
    const { host = '127.0.0.1', port } = settings.listen ?? { host: '0.0.0.0', port: 0 };
    const ackTimeout = settings.ackTimeout ?? standardAckTimeout;
    const use = {
      serve: (...request: Parameters<Service['serve']>) => this.#service.serve(...request),
      refused: (refusal: Refusal, sample: Uint8Array) => this.#refuse(refusal, sample),
    };
    const endpoint = await Endpoint.open({ host, port }, use, { ackTimeout });
    this.#endpoint = endpoint;
    for (const known of this.#devices.values()) this.#watch(known, endpoint, ackTimeout);
    return this;
  }

  links() {
    return this.#links.all();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#calls.close();
    await this.#endpoint?.close();
  }

  async call(device: string, method: string, params: unknown, deadline: number): Promise<unknown> {
    const known = this.#devices.get(device);
    if (!known) throw problemOf(refuse(DeviceNotListed, device));
    const use = { endpoint: this.#opened(), service: this.#service, calls: this.#calls, links: this.#links };
    return callDevice(known, this.#asked.get(device), { method, params, deadline }, use);
  }

  /** Held here until the device has fetched it; told to whoever observes `offer`, and shown to who reads it. */
  async update(device: string, update: DevicePackage, signal: AbortSignal): Promise<void> {
    if (!this.#devices.has(device)) throw problemOf(refuse(DeviceNotListed, device));
    const held = this.#service.firmwares.hold(device, update, AbortSignal.any([signal, this.#closing.signal]));
    const told = this.#service.tell(device, 'offer', offerValues(update.offer));
    told.catch((err: unknown) => this.#host.log.info({ err, device }, 'an offer was not told'));
    try {
      await held;
    } finally {
      if (!this.#closing.signal.aborted) await this.#service.tell(device, 'offer', {}).catch(() => false);
    }
  }

  #opened(): Endpoint {
    if (!this.#endpoint) throw new Overloaded({ detail: 'the channel is not open' });
    return this.#endpoint;
  }

  #watch(known: Known, endpoint: Endpoint, ackTimeout: number): void {
    const asked = this.#asked.get(known.name);
    if (!asked) return;
    const use = {
      endpoint,
      host: this.#host,
      links: this.#links,
      patience: patienceOf(ackTimeout),
      took: (resource: CoapResource, content: Content) => this.#took(known, resource, content),
    };
    for (const resource of known.at.resources ?? []) {
      if (resource.observe) this.#work.push(observe(asked, resource, use, this.#closing.signal));
      else if (resource.every !== undefined) this.#work.push(poll(asked, resource, use, this.#closing.signal));
    }
  }

  /** A representation that was read or came by itself. */
  async #took(known: Known, resource: CoapResource, content: Content): Promise<void> {
    const { name } = known;
    try {
      const format = uintOf(content.options, optionNumbers.contentFormat);
      const coded = known.at.codec !== undefined || format === contentFormats.bytes;
      const uplinks = coded
        ? await decodeWith(this.#host, known, this.#setup.settings.codec, content.payload)
        : this.#read(name, resource, content);
      if (isRefusal(uplinks)) return this.#refuse(uplinks, content.payload, name);
      for (const uplink of uplinks) await this.#host.take(uplink);
    } catch (cause) {
      this.#host.log.warn({ err: cause, device: name }, 'a reading was not taken');
      this.#refuse(untaken(cause), new Uint8Array(0), name);
    }
  }

  #read(name: string, resource: CoapResource, content: Content) {
    const read = readRepresentation(content);
    if (isRefusal(read)) return read;
    const uplink = readingsOf(read.value, resource, name, this.#host.clock.now().getTime() * 1000);
    return isRefusal(uplink) ? uplink : [uplink];
  }
}

function askedOf({ name, at, relation }: Known, clearTo: (address: string) => boolean): [name: string, asked: Asked][] {
  return at.host === undefined ? [] : [[name, { name, host: at.host, port: at.port ?? 5683, relation, clearTo }]];
}

async function open(setup: Setup, host: ChannelHost): Promise<CoapChannel> {
  mustBeMeant(setup.name, faultsOf(setup));
  return new CoapChannel(setup, host).open();
}

/** CoAP in both directions: devices that report, and devices that are asked (H-6.1-1, I-6.4-c-5, I-7.1-a). */
export const coapChannel = {
  protocol: 'coap',
  name: { zh: 'CoAP', en: 'CoAP' },
  settings: CoapSettings,
  device: CoapDevice,
  bearers: bearers.filter((bearer) => bearer !== 'rs232' && bearer !== 'rs485'),
  open,
} satisfies ChannelKind<typeof CoapSettings, typeof CoapDevice>;
