import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { defaultZone } from '@keystead/contracts/calendar';
import {
  type Channel,
  type ChannelHost,
  type ChannelKind,
  type ChannelSetup,
  DeviceSilent,
  type LinkCounter,
  linksOf,
} from '@keystead/terminals/port';
import { FireDirectory } from './directory.ts';
import { TransmitterSession } from './session.ts';
import { Gb26875Device, Gb26875Settings } from './settings.ts';

type Setup = ChannelSetup<Gb26875Settings, Gb26875Device>;

const mostConnections = 4000;
/** ms; a frame is a few hundred bytes. */
const longestHalf = 10_000;

/** The listener of a fire remote-monitoring centre (GB/T 26875.3): transmitters connect, and are confirmed to. */
export class Gb26875Channel implements Channel {
  readonly #host: ChannelHost;
  readonly #settings: Gb26875Settings;
  readonly #transmitterOf: ReadonlyMap<string, string>;
  readonly #directory: FireDirectory;
  readonly #links: LinkCounter;
  readonly #sessions = new Map<string, TransmitterSession>();
  readonly #open = new Set<TransmitterSession>();
  readonly #server: Server;

  constructor({ settings, devices }: Setup, host: ChannelHost) {
    this.#host = host;
    this.#settings = settings;
    this.#directory = new FireDirectory(devices);
    this.#transmitterOf = new Map(
      devices.map(({ name, at }) => [name, this.#directory.transmitter(at.transmitter) ?? name]),
    );
    this.#links = linksOf({ devices }, host);
    this.#server = createServer((socket) => this.#connected(socket));
    this.#server.maxConnections = mostConnections;
  }

  open(): Promise<this> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#settings.port, this.#settings.host ?? '127.0.0.1', () => resolve(this));
    });
  }

  /** Port it listens on. */
  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  #connected(socket: Socket): void {
    let name: string | undefined;
    socket.setTimeout((this.#settings.silence ?? 180) * 1000, () => socket.destroy());
    const session = new TransmitterSession(socket, {
      host: this.#host,
      directory: this.#directory,
      links: this.#links,
      clock: this.#settings.clock ?? 'auto',
      zone: this.#settings.zone ?? defaultZone,
      patience: longestHalf,
      known: (who) => {
        name = who;
        this.#sessions.set(who, session);
      },
    });
    this.#open.add(session);
    socket.on('error', (cause) => this.#host.log.debug({ err: cause }, 'transmitter connection'));
    socket.on('close', () => {
      this.#open.delete(session);
      session.close();
      if (name === undefined || this.#sessions.get(name) !== session) return;
      this.#sessions.delete(name);
      this.#links.broke(name);
    });
  }

  async call(device: string, method: string, params: unknown, deadline: number): Promise<unknown> {
    const session = this.#sessions.get(this.#transmitterOf.get(device) ?? device);
    if (!session) throw new DeviceSilent();
    return session.ask(device, method, params, deadline);
  }

  links() {
    return this.#links.all();
  }

  async close(): Promise<void> {
    for (const session of this.#open) session.close();
    await new Promise<void>((done) => this.#server.close(() => done()));
  }
}

export const gb26875Channel: ChannelKind<typeof Gb26875Settings, typeof Gb26875Device> = {
  protocol: 'gb26875',
  name: { zh: '消防远程监控 GB/T 26875.3', en: 'Fire monitoring GB/T 26875.3' },
  settings: Gb26875Settings,
  device: Gb26875Device,
  bearers: ['ethernet', 'cellular'],
  open: (setup, host) => new Gb26875Channel(setup, host).open(),
};
