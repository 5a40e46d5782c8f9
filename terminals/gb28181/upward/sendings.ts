import type { Clock, Log } from '@keystead/kernel/base';
import { accept, readOffer } from '../session-description.ts';
import { header, type SipMessage, userOf } from '../sip.ts';

/** What the lower side has to show, and how it is sent; video itself never comes here. */
export interface UpwardPort {
  /** Cameras the platform above may see, by their 20-digit numbers. */
  channels(): Promise<readonly { id: string; name: string; on: boolean }[]>;
  /** Lets the media server send a channel as MPEG-PS over RTP; resolves with the port it comes from. */
  send(channel: string, target: { host: string; port: number; ssrc: string }): Promise<{ port: number }>;
  stop(channel: string, ssrc: string): Promise<void>;
}

const most = 64;
/** An INVITE that is not acknowledged for so long was given up. */
const patience = 32_000;

interface Sending {
  channel: string;
  ssrc: string;
  at: number;
  acknowledged: boolean;
}

/** Streams the platform above has asked for, by the call that opened them. */
export class Sendings {
  readonly #port: UpwardPort;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #host: string;
  readonly #open = new Map<string, Sending>();

  /** `host`: address the media server sends from. */
  constructor(port: UpwardPort, host: string, clock: Clock, log: Log) {
    this.#port = port;
    this.#host = host;
    this.#clock = clock;
    this.#log = log;
  }

  get size(): number {
    return this.#open.size;
  }

  /** Status and body of the answer to an INVITE. */
  async invite(request: SipMessage): Promise<{ status: number; reason: string; body?: Uint8Array }> {
    const channel = userOf(request.uri ?? '');
    const wanted = readOffer(request.body);
    const call = header(request, 'call-id');
    if (!wanted || call === '') return { status: 400, reason: 'Bad Offer' };
    if (wanted.kind !== 'Play' || wanted.tcp) return { status: 488, reason: 'Not Acceptable Here' };
    if (this.#open.size >= most) return { status: 486, reason: 'Busy Here' };
    if (!(await this.#port.channels()).some(({ id }) => id === channel)) return { status: 404, reason: 'Not Found' };
    const { host, port, ssrc } = wanted;
    try {
      const sent = await this.#port.send(channel, { host, port, ssrc });
      this.#open.set(call, { channel, ssrc, at: this.#clock.now().getTime(), acknowledged: false });
      return { status: 200, reason: 'OK', body: accept(channel, { host: this.#host, port: sent.port, ssrc }) };
    } catch (cause) {
      this.#log.warn({ err: cause, channel }, 'a stream could not be sent upward');
      return { status: 480, reason: 'Temporarily Unavailable' };
    }
  }

  acknowledged(request: SipMessage): void {
    const one = this.#open.get(header(request, 'call-id'));
    if (one) one.acknowledged = true;
  }

  /** False = we know no such call. */
  async bye(call: string): Promise<boolean> {
    const one = this.#open.get(call);
    if (!one) return false;
    this.#open.delete(call);
    await this.#port
      .stop(one.channel, one.ssrc)
      .catch((cause: unknown) => this.#log.warn({ err: cause }, 'a stream sent upward could not be stopped'));
    return true;
  }

  /** Ends what nobody acknowledged. */
  async sweep(): Promise<void> {
    const before = this.#clock.now().getTime() - patience;
    for (const [call, { at, acknowledged }] of this.#open) if (!acknowledged && at < before) await this.bye(call);
  }

  async endAll(): Promise<void> {
    for (const call of [...this.#open.keys()]) await this.bye(call);
  }
}
