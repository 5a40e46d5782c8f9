import {
  type Channel,
  type ChannelHost,
  type ChannelKind,
  type ChannelSetup,
  DeviceNotListed,
  type LinkCounter,
  linksOf,
  MethodUnknown,
} from '@keystead/terminals/port';
import { CameraDevice, CameraSettings } from './settings.ts';
import { Station } from './station.ts';

type Setup = ChannelSetup<CameraSettings, CameraDevice>;

/** Pictures at once: decoding one full-HD picture takes tens of milliseconds. */
const atOnce = 4;

/** Cameras that are asked for pictures over HTTP, and watched (H-6.2-b-1). */
export class CameraChannel implements Channel {
  readonly #stations = new Map<string, Station>();
  readonly #links: LinkCounter;
  readonly #every: number;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  #round: Promise<void> = Promise.resolve();

  constructor({ settings, devices }: Setup, host: ChannelHost) {
    const { every = 2, patience = 15, timeout = 5 } = settings;
    this.#every = every * 1000;
    this.#links = linksOf({ devices }, host);
    for (const { name, at } of devices) {
      const { url, user, password = '', fingerprint } = at;
      const address = { url, ...(user ? { login: { user, password } } : {}), ...(fingerprint ? { fingerprint } : {}) };
      const parts = { name, address, host, links: this.#links, settings: { every, patience, timeout } };
      this.#stations.set(name, new Station(parts));
    }
  }

  open(): this {
    const begin = () => {
      const started = performance.now();
      this.#round = this.look().finally(() => {
        // A round that took too long begins the next one at once, never two together.
        if (!this.#closed) this.#timer = setTimeout(begin, Math.max(0, this.#every - (performance.now() - started)));
      });
    };
    begin();
    return this;
  }

  /** One picture of each camera. */
  async look(): Promise<void> {
    const waiting = [...this.#stations.values()];
    const work = async () => {
      for (let next = waiting.shift(); next && !this.#closed; next = waiting.shift()) await next.step();
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  }

  async call(device: string, method: string): Promise<unknown> {
    const station = this.#stations.get(device);
    if (!station) throw new DeviceNotListed({ device });
    if (method === 'learnView') return station.learnView();
    if (method === 'status') return station.status();
    throw new MethodUnknown({ method });
  }

  links() {
    return this.#links.all();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#round;
    for (const station of this.#stations.values()) await station.close();
  }
}

export const cameraChannel: ChannelKind<typeof CameraSettings, typeof CameraDevice> = {
  protocol: 'camera',
  name: { zh: '摄像机画面巡检', en: 'Camera pictures' },
  settings: CameraSettings,
  device: CameraDevice,
  bearers: ['ethernet', 'wifi', 'cellular'],
  open: async (setup, host) => new CameraChannel(setup, host).open(),
};
