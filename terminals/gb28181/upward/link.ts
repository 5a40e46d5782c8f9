import { randomBytes } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import type { Clock, Log } from '@keystead/kernel/base';
import { SipEndpoint } from '../endpoint.ts';
import { type Manscdp, readManscdp, writeItems, writeManscdp } from '../manscdp.ts';
import { type Ourselves, requestTo } from '../requests.ts';
import { answerTo, header, type SipMessage } from '../sip.ts';
import type { Peer } from '../transactions.ts';
import { proofFor } from './proof.ts';
import { Sendings, type UpwardPort } from './sendings.ts';

export interface UpwardSettings {
  /** Our own 20-digit number, and that of the platform above. */
  id: string;
  upper: string;
  realm?: string;
  /** Where the platform above listens. */
  host: string;
  port: number;
  password: string;
  /** Address written in our messages, and where the media server sends from. */
  announce?: string;
  mediaHost?: string;
  /** s; a registration is renewed after half of it. */
  expires?: number;
  /** s between signs of life; three unanswered ones begin a new registration. */
  keepalive?: number;
}

const deadline = 8000;
const retryAfter = 10_000;
/** Items of one message: a datagram should fit into one packet. */
const itemsAtOnce = 3;
const mans = { 'content-type': 'Application/MANSCDP+xml' };

export type UpwardState = 'registering' | 'registered' | 'refused';

/**
 * We as a lower platform of GB/T 28181 (H-6.2-d-2): registers above, stays alive, answers questions for the catalogue
 * and lets one of our streams be sent when it is invited.
 */
export class UpwardLink {
  readonly #settings: UpwardSettings;
  readonly #port: UpwardPort;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #us: Ourselves;
  readonly #endpoint: SipEndpoint;
  readonly #sendings: Sendings;
  #peer: Peer | undefined;
  #state: UpwardState = 'registering';
  #registeredAt = 0;
  #aliveAt = 0;
  #missed = 0;
  #serial = 0;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(settings: UpwardSettings, port: UpwardPort, clock: Clock, log: Log) {
    const { id, upper, realm = upper.slice(0, 10), announce = '127.0.0.1', mediaHost = announce } = settings;
    this.#settings = settings;
    this.#port = port;
    this.#clock = clock;
    this.#log = log;
    this.#us = { id, realm, host: announce, port: 0 };
    this.#sendings = new Sendings(port, mediaHost, clock, log);
    this.#endpoint = new SipEndpoint({
      clock,
      log,
      answer: (request, from) => this.#answer(request, from),
      acknowledged: (request) => this.#sendings.acknowledged(request),
    });
  }

  get state(): UpwardState {
    return this.#state;
  }

  /** Streams that are sent above just now. */
  get sending(): number {
    return this.#sendings.size;
  }

  async open(bind = '0.0.0.0'): Promise<this> {
    this.#us.port = await this.#endpoint.open(bind, 0);
    const work = async () => {
      await this.#step().catch((cause: unknown) => this.#log.warn({ err: cause }, 'registration above'));
      if (!this.#closed) this.#timer = setTimeout(work, this.#state === 'registered' ? 1000 : retryAfter);
    };
    void work();
    return this;
  }

  async #step(): Promise<void> {
    const { expires = 3600, keepalive = 60 } = this.#settings;
    const now = this.#clock.now().getTime();
    await this.#sendings.sweep();
    if (this.#state !== 'registered' || now - this.#registeredAt > expires * 500) await this.#register(expires);
    else if (now - this.#aliveAt > keepalive * 1000) await this.#keepAlive();
  }

  async #register(seconds: number): Promise<void> {
    const { id, host, port, password } = this.#settings;
    const { address } = await lookup(host, 4);
    this.#peer = { address, port };
    const to = { id: this.#settings.upper, peer: this.#peer };
    const more = { to: `<sip:${id}@${this.#us.realm}>`, expires: String(seconds) };
    const ask = (proof: Record<string, string>) =>
      this.#ask(requestTo('REGISTER', this.#us, to, new Uint8Array(0), { ...more, ...proof }));
    let answer = await ask({});
    if (answer.status === 401) {
      const uri = `sip:${this.#settings.upper}@${address}:${port}`;
      const proof = proofFor(header(answer, 'www-authenticate'), id, password, 'REGISTER', uri);
      if (proof) answer = await ask({ authorization: proof });
    }
    const well = (answer.status ?? 500) < 300;
    this.#state = well ? 'registered' : 'refused';
    this.#registeredAt = this.#aliveAt = this.#clock.now().getTime();
    this.#missed = 0;
    if (!well) this.#log.warn({ status: answer.status }, 'the platform above refuses our registration');
  }

  async #keepAlive(): Promise<void> {
    const { id } = this.#settings;
    this.#aliveAt = this.#clock.now().getTime();
    try {
      const fields = { CmdType: 'Keepalive', SN: String(++this.#serial), DeviceID: id, Status: 'OK' };
      const answer = await this.#tell(writeManscdp('Notify', fields));
      this.#missed = answer.status === 200 ? 0 : this.#missed + 1;
    } catch {
      this.#missed++;
    }
    if (this.#missed >= 3) this.#state = 'registering';
  }

  #ask(request: SipMessage): Promise<SipMessage> {
    return this.#endpoint.transactions.ask(request, this.#peer ?? { address: '127.0.0.1', port: 0 }, deadline);
  }

  #tell(document: Uint8Array): Promise<SipMessage> {
    const to = { id: this.#settings.upper, peer: this.#peer ?? { address: '127.0.0.1', port: 0 } };
    return this.#ask(requestTo('MESSAGE', this.#us, to, document, mans));
  }

  async #answer(request: SipMessage, from: Peer): Promise<SipMessage> {
    const with_ = (status: number, reason: string) => answerTo(request, status, reason, randomBytes(6).toString('hex'));
    // Only the platform we registered at may ask.
    if (this.#state !== 'registered' || from.address !== this.#peer?.address || from.port !== this.#peer.port)
      return with_(403, 'Forbidden');
    if (request.method === 'MESSAGE') {
      const document = readManscdp(request.body);
      if (document?.root !== 'Query') return with_(document ? 200 : 400, document ? 'OK' : 'Bad Document');
      void this.#told(document).catch((cause: unknown) => this.#log.warn({ err: cause }, 'an answer to above'));
      return with_(200, 'OK');
    }
    if (request.method === 'INVITE') {
      const { status, reason, body } = await this.#sendings.invite(request);
      const answer = with_(status, reason);
      if (body) {
        answer.body = body;
        answer.headers.set('content-type', ['application/sdp']);
        answer.headers.set('contact', [`<sip:${this.#us.id}@${this.#us.host}:${this.#us.port}>`]);
      }
      return answer;
    }
    if (request.method === 'BYE')
      return (await this.#sendings.bye(header(request, 'call-id'))) ? with_(200, 'OK') : with_(481, 'No Dialogue');
    if (request.method === 'OPTIONS') return with_(200, 'OK');
    return with_(405, 'Method Not Allowed');
  }

  async #told({ command, serial, device }: Manscdp): Promise<void> {
    if (command === 'DeviceInfo') {
      const fields = { CmdType: command, SN: serial, DeviceID: device, Result: 'OK', Manufacturer: 'Keystead' };
      await this.#tell(writeManscdp('Response', fields));
    }
    if (command !== 'Catalog') return;
    const channels = await this.#port.channels();
    const fields = { CmdType: command, SN: serial, DeviceID: device, SumNum: String(channels.length) };
    for (let at = 0; at === 0 || at < channels.length; at += itemsAtOnce) {
      const items = channels.slice(at, at + itemsAtOnce).map(({ id, name, on }) => ({
        DeviceID: id,
        Name: name,
        Manufacturer: 'Keystead',
        Model: 'camera',
        Parental: '0',
        ParentID: this.#settings.id,
        RegisterWay: '1',
        Secrecy: '0',
        Status: on ? 'ON' : 'OFF',
      }));
      await this.#tell(writeManscdp('Response', fields, writeItems(items)));
    }
  }

  /** Ends what is sent and the registration. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#sendings.endAll();
    if (this.#state === 'registered')
      await this.#register(0).catch((cause: unknown) => this.#log.debug({ err: cause }, 'not told of the end'));
    await this.#endpoint.close();
  }
}
