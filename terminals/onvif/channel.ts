import { InputInvalid } from '@keystead/contracts/problem';
import {
  Candidates,
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
  PayloadMalformed,
  refuse,
  rest,
  ToldOnce,
} from '@keystead/terminals/port';
import { Camera, type Profile } from './camera.ts';
import { type Found, Prober } from './discovery.ts';
import { faultsOf, OnvifDevice, OnvifSettings } from './settings.ts';

type Setup = ChannelSetup<OnvifSettings, OnvifDevice>;

interface Known {
  name: string;
  url: string;
  camera: Camera;
  isThere: boolean;
}

class OnvifChannel implements Channel {
  readonly #setup: Setup;
  readonly #host: ChannelHost;
  readonly #links: LinkCounter;
  readonly #told: ToldOnce;
  readonly #known: readonly Known[];
  readonly #candidates: Candidates;
  readonly #closing = new AbortController();
  #prober: Prober | undefined;

  constructor(setup: Setup, host: ChannelHost) {
    this.#setup = setup;
    this.#host = host;
    this.#candidates = new Candidates(setup.name);
    this.#links = linksOf(setup, host);
    this.#told = new ToldOnce(host, this.#links);
    this.#known = setup.devices.map(({ name, at: { url, user, password = '', fingerprint } }) => {
      const login = user === undefined ? {} : { login: { user, password } };
      const camera = new Camera({ url, ...login, ...(fingerprint && { fingerprint }) });
      return { name, url, camera, isThere: false };
    });
  }

  async open(): Promise<this> {
    const { look } = this.#setup.settings;
    for (const known of this.#known) void this.#attend(known);
    if (!look) return this;
    const strange = (bytes: Uint8Array) =>
      this.#host.refuse(refuse(PayloadMalformed, 'no ProbeMatch'), bytes.subarray(0, 64));
    this.#prober = new Prober((one) => this.#found(one), strange);
    await this.#prober.open();
    await this.#candidates.tell(this.#host);
    void this.#look(look);
    return this;
  }

  links() {
    return this.#links.all();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#prober?.close();
  }

  /** `profiles`; `streamUri` and `snapshotUri` with `{ profile? }`, the first when absent. */
  async call(name: string, method: string, params: unknown, deadline: number): Promise<unknown> {
    const known = this.#known.find((one) => one.name === name);
    if (!known) throw new DeviceNotListed({ device: name });
    const { camera } = known;
    const until = performance.now() + deadline;
    const left = () => {
      const ms = Math.floor(until - performance.now());
      if (ms <= 0) throw new DeviceSilent({ device: name });
      return Math.min(ms, this.#timeout);
    };
    const profile = async (): Promise<string> => {
      const given = isJsonObject(params) ? params.profile : undefined;
      if (typeof given === 'string' && given.length <= 64) return given;
      if (given !== undefined) throw new InputInvalid({ device: name }, [{ pointer: '/profile', code: 'bad-format' }]);
      const [first] = await camera.profiles(this.#now, left());
      if (!first) throw new DeviceRefused({ device: name, detail: 'it has no profile' });
      return first.token;
    };
    switch (method) {
      case 'profiles':
        return countedExchange(this.#links, name, async () => ({ profiles: await camera.profiles(this.#now, left()) }));
      case 'streamUri':
      case 'snapshotUri':
        return countedExchange(this.#links, name, async () => {
          const token = await profile();
          return { profile: token, uri: await camera[method](token, this.#now, left()) };
        });
      default:
        throw new MethodUnknown({ device: name, method });
    }
  }

  readonly #now = (): Date => this.#host.clock.now();

  get #timeout(): number {
    return this.#setup.settings.timeout ?? 5_000;
  }

  async #look({
    host = '239.255.255.250',
    port = 3702,
    every = 300_000,
  }: NonNullable<OnvifSettings['look']>): Promise<void> {
    while (!this.#closing.signal.aborted) {
      this.#prober?.ask(host, port);
      await rest(every, this.#closing.signal);
    }
  }

  #found({ endpoint, addresses, name, hardware, location }: Found): void {
    if (this.#known.some(({ url }) => addresses.includes(url))) return;
    const [url] = addresses;
    const about = { ...(hardware && { hardware }), ...(location && { location }), endpoint };
    if (this.#candidates.seen(endpoint, { title: name ?? endpoint, at: { url }, about }))
      void this.#candidates.tell(this.#host);
  }

  async #attend(known: Known): Promise<void> {
    const { every = 60_000 } = this.#setup.settings;
    while (!this.#closing.signal.aborted) {
      try {
        await this.#turn(known);
      } catch (cause) {
        await this.#failed(known, cause);
      }
      await rest(every, this.#closing.signal);
    }
  }

  /** Its clock proves that it is there; who it is and what it shows is told when it changed. */
  async #turn(known: Known): Promise<void> {
    const { name, camera } = known;
    const began = performance.now();
    const ahead = await countedExchange(this.#links, name, () => camera.compareClock(this.#now, this.#timeout));
    const latency = Math.round(performance.now() - began);
    if (!known.isThere) await this.#host.take({ kind: 'connect', device: name });
    known.isThere = true;
    const values = { latency };
    await this.#host.take({ kind: 'readings', readings: [{ device: name, values }] });
    const information = await camera.information(this.#now, this.#timeout);
    const profiles: Profile[] = await camera.profiles(this.#now, this.#timeout);
    const about = { ...information, profiles, clockAhead: Math.round(ahead / 60_000) || 0 };
    await this.#told.attributes(name, about);
  }

  async #failed(known: Known, cause: unknown): Promise<void> {
    if (this.#closing.signal.aborted) return;
    const { name } = known;
    this.#host.log.warn({ err: cause, device: name }, 'camera not asked');
    if (!(cause instanceof DeviceSilent)) {
      const kind = cause instanceof Error && 'type' in cause ? String(cause.type) : 'failed';
      this.#host.refuse(refuse(DeviceRefused, kind), new Uint8Array(0), name);
      return;
    }
    if (!known.isThere) return;
    known.isThere = false;
    await this.#host.take({ kind: 'disconnect', device: name }).catch(() => undefined);
    this.#links.broke(name);
  }
}

async function open(setup: Setup, host: ChannelHost): Promise<OnvifChannel> {
  mustBeMeant(setup.name, faultsOf(setup.devices));
  return new OnvifChannel(setup, host).open();
}

/** ONVIF cameras: found, described, and asked for the addresses of their streams (I-7.1-a). */
export const onvifChannel = {
  protocol: 'onvif',
  name: { zh: 'ONVIF 摄像机', en: 'ONVIF cameras' },
  settings: OnvifSettings,
  device: OnvifDevice,
  bearers: ['ethernet', 'wifi'],
  open,
} satisfies ChannelKind<typeof OnvifSettings, typeof OnvifDevice>;
