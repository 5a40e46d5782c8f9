import { lookup } from 'node:dns/promises';
import {
  Candidates,
  type Channel,
  type ChannelHost,
  type ChannelKind,
  type ChannelSetup,
  DeviceNotListed,
  DeviceRefused,
  type LinkCounter,
  linksOf,
  mustBeMeant,
  type Refuse,
  refuse,
  refusingOnLine,
  rest,
  untaken,
} from '@keystead/terminals/port';
import { carryOut } from './calls.ts';
import { RemoteDevice, subscriber } from './client/remote-device.ts';
import { type Address, addressText, BacnetSocket } from './client/socket.ts';
import { Subscriptions } from './client/subscriptions.ts';
import { objectText, presentValue, statusFlags } from './frame/names.ts';
import type { CovNotification, IAm } from './frame/services.ts';
import { type Placed, placed, toldBy } from './points.ts';
import { BacnetDevice, BacnetSettings, faultsOf } from './settings.ts';

type Setup = ChannelSetup<BacnetSettings, BacnetDevice>;

interface Known {
  name: string;
  at: BacnetDevice;
  remote: RemoteDevice;
  points: readonly Placed[];
  subscriptions: Subscriptions;
  /** Points whose refusal was told: a point that is not there is not there in every turn. */
  told: Set<string>;
}

const standardPort = 47_808;
const none = new Uint8Array(0);
const farewell = 500;
const fault = 1;

class BacnetChannel implements Channel {
  readonly #setup: Setup;
  readonly #host: ChannelHost;
  readonly #links: LinkCounter;
  readonly #refuse: Refuse;
  readonly #socket: BacnetSocket;
  readonly #closing = new AbortController();
  readonly #byInstance: ReadonlyMap<number, Known>;
  readonly #candidates: Candidates;

  constructor(setup: Setup, host: ChannelHost) {
    this.#setup = setup;
    this.#host = host;
    this.#links = linksOf(setup, host);
    this.#refuse = refusingOnLine({ host, links: this.#links });
    this.#candidates = new Candidates(setup.name);
    this.#socket = new BacnetSocket({
      iAm: (said, from) => this.#found(said, from),
      notified: (said, from) => this.#notified(said, from),
      refused: (refusal, bytes) => this.#refuse(refusal, bytes),
    });
    this.#byInstance = new Map(setup.devices.map((device) => [device.at.device, this.#known(device)]));
  }

  #known({ name, at }: Setup['devices'][number]): Known {
    const { timeout = 3_000, retries = 2 } = this.#setup.settings;
    const use = { socket: this.#socket, links: this.#links, timeout, retries };
    const remote = new RemoteDevice(name, at.batch ?? 30, use);
    const points = at.points.flatMap((point) => placed(point) ?? []);
    return {
      name,
      at,
      remote,
      points,
      subscriptions: new Subscriptions(remote, points, at.lifetime ?? 300),
      told: new Set(),
    };
  }

  /** Own UDP port. */
  get port(): number {
    return this.#socket.port;
  }

  async open(): Promise<this> {
    const { bind = '0.0.0.0', port = standardPort, bbmd, broadcast } = this.#setup.settings;
    await this.#socket.open(port, bind);
    await this.#candidates.tell(this.#host);
    for (const known of this.#byInstance.values()) void this.#attend(known);
    if (bbmd) void this.#belong(bbmd);
    if (broadcast) void this.#look({ host: broadcast.host, port: broadcast.port ?? standardPort }, 'broadcast');
    return this;
  }

  links() {
    return this.#links.all();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([...this.#byInstance.values()].map(({ subscriptions }) => subscriptions.end(farewell)));
    this.#socket.close();
  }

  /** `read`, `write`, `relinquish`, `browse`: see `carryOut`. */
  async call(name: string, method: string, params: unknown, deadline: number): Promise<unknown> {
    const known = [...this.#byInstance.values()].find((one) => one.name === name);
    if (!known) throw new DeviceNotListed({ device: name });
    return carryOut({ ...known, device: known.at.device }, method, params, performance.now() + deadline);
  }

  /** Registered at a broadcast device again and again, and everybody beyond it is asked who is there. */
  async #belong({ host, port = standardPort, ttl = 300 }: NonNullable<BacnetSettings['bbmd']>): Promise<void> {
    const { timeout = 3_000, look = 300_000 } = this.#setup.settings;
    let lookedAt = Number.NEGATIVE_INFINITY;
    while (!this.#closing.signal.aborted) {
      const result = await this.#socket.register({ host, port }, ttl, timeout);
      if (result === 0) {
        const now = performance.now();
        if (now - lookedAt >= look || this.#isMissingOne()) {
          this.#socket.whoIs({ host, port }, undefined, 'distribute');
          lookedAt = now;
        }
      } else if (!this.#closing.signal.aborted) {
        const detail = result === undefined ? 'no answer to the registration' : `registration refused: ${result}`;
        this.#host.refuse(refuse(DeviceRefused, detail), none);
      }
      await rest(result === 0 ? Math.min((ttl * 1000) / 2, look) : Math.min(30_000, timeout * 3), this.#closing.signal);
    }
  }

  #isMissingOne(): boolean {
    return [...this.#byInstance.values()].some(({ remote }) => !remote.address);
  }

  /** Often while a device is not found, else in the usual rhythm. */
  async #look(to: Address, through: 'broadcast' | 'distribute'): Promise<void> {
    const { look = 300_000, timeout = 3_000 } = this.#setup.settings;
    while (!this.#closing.signal.aborted) {
      this.#socket.whoIs(to, undefined, through);
      await rest(this.#isMissingOne() ? Math.min(look, timeout * 3) : look, this.#closing.signal);
    }
  }

  #found({ device, vendor }: IAm, from: Address): void {
    const known = this.#byInstance.get(device);
    if (known) {
      // An address that was configured stays; another device may claim any number.
      if (known.at.host === undefined) known.remote.address = from;
      if (known.remote.address && addressText(known.remote.address) === addressText(from)) known.subscriptions.forget();
      return;
    }
    const { host, port } = from;
    const at = { device, ...(!from.station && { host, port }), points: [] };
    const about = { address: addressText(from), vendor };
    if (this.#candidates.seen(String(device), { title: `BACnet ${device}`, at, about }))
      void this.#candidates.tell(this.#host);
  }

  /** Turns hang on the start of their series; one that takes too long leaves turns out. */
  async #attend(known: Known): Promise<void> {
    const { at, name, remote } = known;
    const every = at.every ?? 10_000;
    const started = performance.now();
    while (!this.#closing.signal.aborted) {
      try {
        if (at.host !== undefined && !remote.address) {
          const { address } = await lookup(at.host, { family: 4 });
          remote.address = { host: address, port: at.port ?? standardPort };
        }
        if (remote.address) await this.#turn(known);
      } catch (cause) {
        if (!this.#closing.signal.aborted) this.#host.log.warn({ err: cause, device: name }, 'device not read');
      }
      // One that is looked for is read as soon as it is found.
      await rest(
        remote.address ? every - ((performance.now() - started) % every) : Math.min(every, 200),
        this.#closing.signal,
      );
    }
  }

  async #turn(known: Known): Promise<void> {
    await known.subscriptions.renew();
    const now = performance.now();
    const polled = known.points.filter((place) => !known.subscriptions.isInForce(place, now));
    if (polled.length === 0) return;
    const results = await known.remote.read(polled);
    await this.#tell(
      known,
      polled.map((place, at) => ({ place, told: toldBy(place, results[at]) })),
    );
  }

  async #tell(known: Known, all: { place: Placed; told: ReturnType<typeof toldBy> }[]): Promise<void> {
    const values: Record<string, unknown> = {};
    for (const { place, told } of all) {
      const { name } = place.point;
      if ('value' in told) {
        values[name] = told.value;
        known.told.delete(name);
      } else if (!known.told.has(name)) {
        known.told.add(name);
        this.#host.refuse(told.refusal, none, known.name);
      }
    }
    if (Object.keys(values).length === 0) return;
    const time = this.#host.clock.now().getTime() * 1000;
    try {
      await this.#host.take({ kind: 'readings', readings: [{ device: known.name, time, values }] });
    } catch (cause) {
      this.#host.refuse(untaken(cause), none, known.name);
      throw cause;
    }
  }

  /** Rejects when it could not be kept. */
  async #notified(said: CovNotification, from: Address): Promise<void> {
    const known = this.#byInstance.get(said.device);
    const { address } = known?.remote ?? {};
    if (!known || !address || addressText(address) !== addressText(from) || said.subscriber !== subscriber)
      return this.#refuse(refuse(DeviceNotListed, `device ${said.device} at ${addressText(from)}`), none);
    this.#links.received(known.name);
    const of = objectText(said.object);
    const flags = said.values.find(({ property }) => property === statusFlags)?.values?.[0]?.value;
    const isFaulty = Array.isArray(flags) && flags[fault] === true;
    const points = known.points.filter(({ object, index }) => objectText(object) === of && index === undefined);
    const told = points.flatMap((place) => {
      const value = said.values.find(({ property }) => property === place.property);
      if (!value) return [];
      if (isFaulty && place.property === presentValue)
        return [{ place, told: { refusal: refuse(DeviceRefused, 'fault', `/${place.point.name}`) } }];
      return [{ place, told: toldBy(place, { ...value, object: said.object }) }];
    });
    await this.#tell(known, told);
  }
}

async function open(setup: Setup, host: ChannelHost): Promise<BacnetChannel> {
  mustBeMeant(setup.name, faultsOf(setup.devices));
  return new BacnetChannel(setup, host).open();
}

/** BACnet/IP as a client: reads, changes told by the device, writing with priority (I-7.1-a, I-5.2.2.3-b). */
export const bacnetChannel = {
  protocol: 'bacnet',
  name: { zh: 'BACnet/IP', en: 'BACnet/IP' },
  settings: BacnetSettings,
  device: BacnetDevice,
  bearers: ['ethernet', 'wifi'],
  open,
} satisfies ChannelKind<typeof BacnetSettings, typeof BacnetDevice>;
