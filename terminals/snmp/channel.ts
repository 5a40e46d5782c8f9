import { lookup } from 'node:dns/promises';
import { type FieldError, InputInvalid } from '@keystead/contracts/problem';
import {
  type Channel,
  type ChannelHost,
  type ChannelKind,
  type ChannelSetup,
  countedExchange,
  DeviceNotListed,
  DeviceRefused,
  DeviceSilent,
  isJsonObject,
  type LinkCounter,
  linksOf,
  MethodUnknown,
  mustBeMeant,
  ProtocolViolated,
  problemOf,
  type Refusal,
  type Refuse,
  refuse,
  refusingOnLine,
  rest,
  type Uplink,
  untaken,
} from '@keystead/terminals/port';
import { readDevice, readPoint, type TurnUse } from './client/reading.ts';
import { Session } from './client/session.ts';
import { Counters } from './counters.ts';
import { type Library, type LibraryNotification, loadLibrary } from './library.ts';
import { SnmpDevice, type SnmpPoint, SnmpSettings } from './settings.ts';
import { readNotification } from './traps/notification.ts';
import { openReceiver } from './traps/receiver.ts';
import { writtenValue } from './values.ts';

type Setup = ChannelSetup<SnmpSettings, SnmpDevice>;

interface Known extends TurnUse {
  name: string;
  at: SnmpDevice;
}

const standardTimeout = 2_000;
const standardEvery = 60_000;
const none = new Uint8Array(0);

class SnmpChannel implements Channel {
  readonly #setup: Setup;
  readonly #host: ChannelHost;
  readonly #library: Library = loadLibrary();
  readonly #links: LinkCounter;
  readonly #refuse: Refuse;
  readonly #devices: ReadonlyMap<string, Known>;
  readonly #closing = new AbortController();
  readonly #names: ReadonlyMap<string, NonNullable<NonNullable<SnmpSettings['traps']>['names']>[number]>;
  #receiver: { port: number; close(): void } | undefined;

  constructor(setup: Setup, host: ChannelHost) {
    this.#setup = setup;
    this.#host = host;
    this.#links = linksOf(setup, host);
    this.#refuse = refusingOnLine({ host, links: this.#links });
    this.#devices = new Map(setup.devices.map(({ name, at }) => [name, this.#known(name, at)]));
    this.#names = new Map(setup.settings.traps?.names?.map((one) => [one.oid, one]));
  }

  #known(name: string, at: SnmpDevice): Known {
    const { timeout = standardTimeout, retries = 1 } = this.#setup.settings;
    const told = new Set<string>();
    const use = {
      library: this.#library,
      timeout,
      retries,
      refused: (refusal: Refusal, sample: Uint8Array) => this.#refuse(refusal, sample, name),
    };
    const missing = (point: string) => {
      // Told once: a point that is not there is not there in every turn.
      if (told.has(point) || told.size > 1_000) return;
      told.add(point);
      this.#host.refuse(refuse(DeviceRefused, `no ${point}`), none, name);
    };
    return { name, at, session: new Session(name, at, use), library: this.#library, counters: new Counters(), missing };
  }

  /** UDP port for traps; 0 where none are received. */
  get trapPort(): number {
    return this.#receiver?.port ?? 0;
  }

  async open(): Promise<this> {
    const { traps } = this.#setup.settings;
    if (traps)
      this.#receiver = await openReceiver(traps, {
        library: this.#library,
        take: (notification) => this.#notified(notification),
        refused: (refusal, sample) => this.#refuse(refusal, sample),
      });
    for (const known of this.#devices.values())
      if (known.at.points?.length || known.at.tables?.length) void this.#poll(known);
    return this;
  }

  links() {
    return this.#links.all();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#receiver?.close();
    for (const { session } of this.#devices.values()) session.close();
  }

  /** `read {point}` and `write {point, value}`; what was written is read back. */
  async call(device: string, method: string, params: unknown, deadline: number): Promise<unknown> {
    const known = this.#devices.get(device);
    if (!known) throw problemOf(refuse(DeviceNotListed, device));
    if (method !== 'read' && method !== 'write') throw new MethodUnknown({ device, method });
    const given = isJsonObject(params) ? params : {};
    const point = known.at.points?.find(({ name }) => name === given.point);
    if (!point) throw new InputInvalid({ device }, [{ pointer: '/point', code: 'unknown' }]);
    const raw = method === 'write' ? writtenValue(point, given.value) : undefined;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new DeviceSilent({ device })), deadline);
    });
    const work = raw === undefined ? this.#read(known, point) : this.#write(known, point, given.value, raw, deadline);
    return Promise.race([countedExchange(this.#links, device, () => work), late]).finally(() => clearTimeout(timer));
  }

  async #read(known: Known, point: SnmpPoint) {
    return { point: point.name, value: await readPoint(point, known) };
  }

  async #write(known: Known, point: SnmpPoint, value: unknown, raw: unknown, deadline: number) {
    const type = this.#library.ObjectType[point.writable ?? ''] ?? 0;
    await known.session.set({ oid: point.oid, type, value: raw }, Math.max(50, deadline / 2));
    const readBack = await readPoint(point, known);
    return { point: point.name, value, readBack, verified: readBack === value };
  }

  /** Turns hang on the start of their series; one that takes too long leaves turns out. */
  async #poll(known: Known): Promise<void> {
    const { name, at } = known;
    const every = at.every ?? standardEvery;
    const started = performance.now();
    while (!this.#closing.signal.aborted) {
      try {
        const values = await countedExchange(this.#links, name, () => readDevice(at, known));
        const time = this.#host.clock.now().getTime() * 1000;
        if (Object.keys(values).length > 0)
          await this.#take({ kind: 'readings', readings: [{ device: name, time, values }] }, name);
      } catch (cause) {
        if (!this.#closing.signal.aborted) this.#host.log.warn({ err: cause, device: name }, 'device not read');
      }
      const next = every - ((performance.now() - started) % every);
      await rest(next, this.#closing.signal);
    }
  }

  /** A reading that cannot be kept is counted; the next turn brings a newer one. */
  async #take(uplink: Uplink, device: string): Promise<void> {
    try {
      await this.#host.take(uplink);
    } catch (cause) {
      this.#host.log.warn({ err: cause, device }, 'not taken');
      this.#host.refuse(untaken(cause), none, device);
      throw cause;
    }
  }

  /** Rejects when it could not be kept: an inform is then not acknowledged. */
  async #notified(notification: LibraryNotification): Promise<void> {
    const { address } = notification.rinfo;
    const known = await this.#sender(address);
    if (!known) return this.#refuse(refuse(DeviceNotListed, address), none);
    this.#links.received(known.name);
    const notified = readNotification(notification, this.#names, this.#library.ObjectType);
    if (!notified) return this.#refuse(refuse(ProtocolViolated, 'a notification without a name'), none, known.name);
    const time = this.#host.clock.now().getTime() * 1000;
    await this.#take({ kind: 'occurrences', occurrences: [{ device: known.name, time, ...notified }] }, known.name);
  }

  /** The device whose address it came from. */
  async #sender(address: string): Promise<Known | undefined> {
    for (const known of this.#devices.values()) {
      if (known.at.host === address) return known;
    }
    for (const known of this.#devices.values()) {
      const found = await lookup(known.at.host, { all: true }).catch(() => []);
      if (found.some((one) => one.address === address)) return known;
    }
    return undefined;
  }
}

function faultsOf({ settings, devices }: Setup): FieldError[] {
  const faults: FieldError[] = [];
  const users = settings.traps?.users ?? [];
  users.forEach((user, index) => {
    if (user.privacy && !user.auth) faults.push({ pointer: `/settings/traps/users/${index}/auth`, code: 'required' });
  });
  devices.forEach(({ name, at }, index) => {
    const first = devices.findIndex((other) => other.name === name);
    if (first !== index) faults.push({ pointer: `/devices/${index}/name`, code: 'duplicate' });
    if (at.access.version === 'v3' && at.access.privacy && !at.access.auth)
      faults.push({ pointer: `/devices/${index}/at/access/auth`, code: 'required' });
  });
  return faults;
}

async function open(setup: Setup, host: ChannelHost): Promise<SnmpChannel> {
  mustBeMeant(setup.name, faultsOf(setup));
  return new SnmpChannel(setup, host).open();
}

/** SNMP v1, v2c and v3 as a manager: values, tables, writing, traps and informs. */
export const snmpChannel = {
  protocol: 'snmp',
  name: { zh: 'SNMP', en: 'SNMP' },
  settings: SnmpSettings,
  device: SnmpDevice,
  bearers: ['ethernet', 'wifi', 'cellular'],
  open,
} satisfies ChannelKind<typeof SnmpSettings, typeof SnmpDevice>;
