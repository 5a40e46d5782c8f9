import { randomBytes } from 'node:crypto';
import { defaultZone } from '@keystead/contracts/calendar';
import {
  type Channel,
  type ChannelHost,
  type ChannelKind,
  type ChannelSetup,
  CredentialUnknown,
  countLinks,
  DeviceNotListed,
  DeviceSilent,
  type LinkCounter,
  MethodUnknown,
  PayloadMalformed,
  ProtocolViolated,
  refuse,
} from '@keystead/terminals/port';
import { alarmOf } from './alarm.ts';
import { Catalogue } from './catalogue.ts';
import { DigestGuard } from './digest.ts';
import { SipEndpoint } from './endpoint.ts';
import { type Manscdp, readManscdp, textIn, writeManscdp } from './manscdp.ts';
import { Pointing } from './pointing.ts';
import { type Registration, Registrations } from './registrations.ts';
import { type Ourselves, requestTo } from './requests.ts';
import { Gb28181Device, Gb28181Settings } from './settings.ts';
import { answerTo, header, type SipMessage, userOf } from './sip.ts';
import { Streams } from './streams.ts';
import type { Peer } from './transactions.ts';

type Setup = ChannelSetup<Gb28181Settings, Gb28181Device>;
interface Known {
  name: string;
  at: Gb28181Device;
}

const longest = 86_400;

/** The platform's side of GB/T 28181 signalling over UDP and TCP: cameras and recorders register, and are asked. */
export class Gb28181Channel implements Channel {
  readonly #host: ChannelHost;
  readonly #us: Ourselves;
  readonly #bind: string;
  readonly #byId: ReadonlyMap<string, Known>;
  readonly #byName: ReadonlyMap<string, Known>;
  readonly #links: LinkCounter;
  readonly #endpoint: SipEndpoint;
  readonly #streams: Streams;
  readonly #pointing: Pointing;
  readonly #guard: DigestGuard;
  readonly #registrations: Registrations;
  readonly #catalogues = new Map<string, { serial: string; gathered: Catalogue; done(): void }>();
  #watch: NodeJS.Timeout | undefined;
  #serial = 0;

  constructor({ settings, devices }: Setup, host: ChannelHost) {
    const { id, realm = id.slice(0, 10), host: bind = '127.0.0.1', announce = bind, port } = settings;
    this.#host = host;
    this.#bind = bind;
    this.#us = { id, realm, host: announce, port };
    this.#byId = new Map(devices.map((device) => [device.at.id, device]));
    this.#byName = new Map(devices.map((device) => [device.name, device]));
    this.#links = countLinks(host.clock, this.#byName.keys());
    this.#guard = new DigestGuard(realm, randomBytes(32));
    this.#endpoint = new SipEndpoint({
      clock: host.clock,
      log: host.log,
      answer: (request, from) => this.#answer(request, from),
      streams: 3000 * (settings.keepalive ?? 60),
      nonsense: (bytes) => host.refuse(refuse(ProtocolViolated, 'no SIP message'), bytes.subarray(0, 64)),
    });
    this.#streams = new Streams(this.#endpoint.transactions, this.#endpoint.send);
    this.#pointing = new Pointing((registration, body, deadline) => this.#tell(registration, body, deadline));
    this.#registrations = new Registrations(host.clock, settings.keepalive ?? 60);
  }

  async open(): Promise<this> {
    this.#us.port = await this.#endpoint.open(this.#bind, this.#us.port);
    this.#watch = setInterval(() => void this.#lapse(), 2000);
    return this;
  }

  /** Port it listens on. */
  get port(): number {
    return this.#us.port;
  }

  async #answer(request: SipMessage, from: Peer): Promise<SipMessage> {
    const with_ = (status: number, reason: string) => answerTo(request, status, reason, randomBytes(6).toString('hex'));
    if (request.method === 'REGISTER') return this.#register(request, from, with_);
    if (request.method === 'BYE') return this.#streams.ended(request) ? with_(200, 'OK') : with_(481, 'No Dialogue');
    if (request.method !== 'MESSAGE' && request.method !== 'NOTIFY') return with_(405, 'Method Not Allowed');
    const registration = this.#registrations.from(userOf(header(request, 'from')), from);
    // A device whose address changed must prove itself again.
    if (!registration) return with_(403, 'Not Registered');
    this.#registrations.heard(registration);
    this.#links.received(registration.name);
    const document = readManscdp(request.body);
    if (!document) {
      this.#host.refuse(refuse(PayloadMalformed, 'no MANSCDP'), request.body.subarray(0, 64), registration.name);
      return with_(400, 'Bad Document');
    }
    await this.#document(document, registration);
    return with_(200, 'OK');
  }

  async #register(
    request: SipMessage,
    from: Peer,
    with_: (status: number, reason: string) => SipMessage,
  ): Promise<SipMessage> {
    const id = userOf(header(request, 'to'));
    const known = this.#byId.get(id);
    const now = this.#host.clock.now().getTime();
    if (!known) {
      this.#host.refuse(refuse(DeviceNotListed, id.slice(0, 20)), request.body);
      return with_(403, 'Forbidden');
    }
    if (!this.#guard.proves(request, id, known.at.password, now)) {
      if (request.headers.has('authorization'))
        this.#host.refuse(refuse(CredentialUnknown, id), new Uint8Array(0), known.name);
      const challenge = with_(401, 'Unauthorized');
      challenge.headers.set('www-authenticate', [this.#guard.challenge(now)]);
      return challenge;
    }
    const wanted = Number(header(request, 'expires') || /expires=(\d+)/i.exec(header(request, 'contact'))?.[1] || 3600);
    const seconds = Number.isFinite(wanted) ? Math.min(Math.max(0, Math.round(wanted)), longest) : 3600;
    if (seconds === 0) {
      const left = this.#registrations.remove(id);
      if (left) await this.#host.take({ kind: 'disconnect', device: known.name });
    } else if (this.#registrations.put(known.name, id, from, seconds)) {
      this.#links.up(known.name);
      await this.#host.take({ kind: 'connect', device: known.name });
    }
    const welcome = with_(200, 'OK');
    welcome.headers.set('date', [new Date(now).toISOString().slice(0, 23)]);
    welcome.headers.set('expires', [String(seconds)]);
    return welcome;
  }

  async #document(document: Manscdp, { name, id }: Registration): Promise<void> {
    const host = this.#host;
    if (document.command === 'Keepalive')
      await host.take({
        kind: 'readings',
        readings: [{ device: name, values: { status: textIn(document.content, 'Status') } }],
      });
    else if (document.command === 'Alarm')
      await host.take({ kind: 'occurrences', occurrences: [alarmOf(document, name, defaultZone)] });
    else if (document.command === 'Catalog') {
      const open = this.#catalogues.get(id);
      if (open?.serial === document.serial && open.gathered.add(document)) open.done();
    }
  }

  async #lapse(): Promise<void> {
    for (const { name } of this.#registrations.lapsed()) {
      this.#links.broke(name);
      await this.#host
        .take({ kind: 'disconnect', device: name })
        .catch((cause: unknown) => this.#host.log.warn({ err: cause }, 'a silence was not taken'));
    }
  }

  /**
   * `catalogue`, `play {channel, host, port, ssrc?}`, `playback` with `from` and `to` beside that, `stop {stream}`,
   * `move {channel, ways, speed?, lasts?}`, `preset {channel, act, number}`.
   */
  async call(device: string, method: string, params: unknown, deadline: number): Promise<unknown> {
    const registration = this.#registrations.get(this.#byName.get(device)?.at.id ?? '');
    if (!registration) throw new DeviceSilent({ detail: 'not registered' });
    this.#links.sent(device);
    if (method === 'catalogue') return this.#catalogue(registration, deadline);
    if (method === 'play') return this.#streams.play(this.#us, registration.peer, params, deadline);
    if (method === 'playback') return this.#streams.playback(this.#us, registration.peer, params, deadline);
    if (method === 'stop') return this.#streams.stop(params, deadline);
    if (method === 'move') return this.#pointing.move(registration, params, deadline);
    if (method === 'preset') return this.#pointing.preset(registration, params, deadline);
    throw new MethodUnknown({ method });
  }

  async #catalogue(registration: Registration, deadline: number) {
    const serial = String(++this.#serial);
    const gathered = new Catalogue();
    let timer: NodeJS.Timeout | undefined;
    const whole = new Promise<boolean>((done) => {
      timer = setTimeout(() => done(false), deadline);
      this.#catalogues.set(registration.id, { serial, gathered, done: () => done(true) });
    });
    try {
      const query = writeManscdp('Query', { CmdType: 'Catalog', SN: serial, DeviceID: registration.id });
      await this.#tell(registration, query, deadline);
      const complete = await whole;
      return { complete, items: gathered.items };
    } finally {
      clearTimeout(timer);
      if (this.#catalogues.get(registration.id)?.serial === serial) this.#catalogues.delete(registration.id);
    }
  }

  /** Sends a document; resolves with the answer of the signalling, which is not yet one of the device. */
  #tell(registration: Registration, body: Uint8Array, deadline: number): Promise<SipMessage> {
    const message = requestTo('MESSAGE', this.#us, registration, body, { 'content-type': 'Application/MANSCDP+xml' });
    return this.#endpoint.transactions.ask(message, registration.peer, deadline);
  }

  links() {
    return this.#links.all();
  }

  async close(): Promise<void> {
    clearInterval(this.#watch);
    await this.#endpoint.close();
  }
}

export const gb28181Channel: ChannelKind<typeof Gb28181Settings, typeof Gb28181Device> = {
  protocol: 'gb28181',
  name: { zh: '视频监控 GB/T 28181', en: 'Video GB/T 28181' },
  settings: Gb28181Settings,
  device: Gb28181Device,
  bearers: ['ethernet', 'wifi', 'cellular'],
  open: (setup, host) => new Gb28181Channel(setup, host).open(),
};
