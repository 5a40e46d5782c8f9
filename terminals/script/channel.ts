import { setTimeout } from 'node:timers/promises';
import {
  bearers,
  type Channel,
  type ChannelHost,
  type ChannelKind,
  type ChannelSetup,
  CodecUnknown,
  CommitFailed,
  countedSilence,
  type DecodedPayload,
  DeviceSilent,
  isRefusal,
  type LinkCounter,
  linksOf,
  NothingPending,
  Overloaded,
  type PayloadCodec,
  problemOf,
  type Refusal,
  refuse,
  rest,
  type Uplink,
  uplinksOf,
} from '@keystead/terminals/port';
import { type FrameSink, type Framing, gapFraming, scriptFraming } from './frames.ts';
import { PendingCalls } from './pending.ts';
import { ScriptDevice, ScriptSettings } from './settings.ts';
import { openWire, type Peer, type Wire } from './wire.ts';

type Setup = ChannelSetup<ScriptSettings, ScriptDevice>;

const triesToTake = 5;
const defaultLongest = 4_096;

/** One line whose protocol is a script: frames in, words out; calls in, frames out. */
class ScriptChannel implements Channel {
  readonly #setup: Setup;
  readonly #host: ChannelHost;
  readonly #links: LinkCounter;
  readonly #calls = new PendingCalls();
  readonly #framings = new Map<Peer, Framing>();
  /** Where each device was heard last. */
  readonly #ways = new Map<string, Peer>();
  /** Who spoke last on a connection, for frames that do not say so. */
  readonly #speakers = new Map<Peer, string>();
  readonly #byAddress: ReadonlyMap<string | undefined, string>;
  readonly #closing = new AbortController();
  readonly #heard = new EventTarget();
  #turn: Promise<unknown> = Promise.resolve();
  #wire: Wire | undefined;

  constructor(setup: Setup, host: ChannelHost) {
    this.#setup = setup;
    this.#host = host;
    this.#links = linksOf(setup, host);
    this.#byAddress = new Map(setup.devices.map(({ name, at }) => [at.address, name]));
  }

  async open(): Promise<this> {
    this.#wire = await openWire(
      this.#setup.settings.over,
      {
        data: (peer, bytes) => this.#data(peer, bytes),
        up: (peer) => {
          this.#framings.set(peer, this.#framing(peer));
          this.#links.up('');
        },
        gone: (peer) => this.#gone(peer),
        dropped: (bytes) => this.#host.refuse(refuse(Overloaded, 'too many datagrams at once'), bytes.subarray(0, 64)),
      },
      this.#host.log,
    );
    if (this.#setup.settings.poll) this.#poll(this.#setup.settings.poll).catch(() => undefined);
    return this;
  }

  /** Port it listens on, for a server on any free one. */
  get port(): number {
    return this.#wire?.port ?? 0;
  }

  links() {
    return this.#links.all();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#calls.close();
    for (const framing of this.#framings.values()) framing.close();
    await this.#wire?.close();
  }

  async call(device: string, method: string, params: unknown, deadline: number): Promise<unknown> {
    return this.#oneByOne
      ? this.#inTurn(() => this.#exchange(device, method, params, deadline))
      : this.#exchange(device, method, params, deadline);
  }

  get #oneByOne(): boolean {
    return this.#setup.settings.poll !== undefined || this.#setup.settings.over.kind === 'serial';
  }

  /** On a line where devices answer one after the other, the next question waits for the last answer. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work, work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  #codec(): PayloadCodec | Refusal {
    return this.#host.codec?.(this.#setup.settings.codec) ?? refuse(CodecUnknown, this.#setup.settings.codec);
  }

  #at(device: string): ScriptDevice | undefined {
    return this.#setup.devices.find(({ name }) => name === device)?.at;
  }

  #way(device: string): Peer | undefined {
    const { devices, settings } = this.#setup;
    const server = settings.over.kind === 'tcp-server' || (settings.over.kind === 'udp' && !settings.over.to);
    const known = this.#ways.get(device);
    if (known || (server && devices.length > 1)) return known;
    return this.#framings.keys().next().value;
  }

  async #send(device: string, method: string, params: unknown, request?: number): Promise<boolean> {
    const codec = this.#codec();
    if (isRefusal(codec)) throw problemOf(codec);
    const peer = this.#way(device);
    if (!peer) throw new DeviceSilent({ device, detail: 'it has no connection' });
    const at = this.#at(device);
    const variables = { ...this.#setup.settings.variables, ...at?.variables };
    const encoded = await codec.encode({ method, params, request, device: at?.address, variables });
    if (isRefusal(encoded)) throw problemOf(encoded);
    // On such a line an answer without a name is of the one that was asked.
    if (this.#oneByOne) this.#speakers.set(peer, device);
    try {
      await peer.send(encoded.bytes);
    } catch (cause) {
      throw new DeviceSilent({ device, detail: cause instanceof Error ? cause.message : 'not sent' });
    }
    this.#links.sent(device);
    return encoded.replies;
  }

  async #exchange(device: string, method: string, params: unknown, deadline: number): Promise<unknown> {
    const { request, answer, drop } = this.#calls.begin(device, deadline);
    try {
      if (!(await this.#send(device, method, params, request))) {
        drop();
        return null;
      }
    } catch (cause) {
      drop();
      throw cause;
    }
    return countedSilence(this.#links, device, () => answer);
  }

  /** Asks each device in turn; what it answers comes like anything it says. */
  async #poll({ every, timeout = 2_000 }: { every: number; timeout?: number }): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const next = rest(every, signal);
      for (const { name } of this.#setup.devices) {
        if (signal.aborted) break;
        await this.#inTurn(() => this.#ask(name, timeout));
      }
      await next;
    }
  }

  async #ask(device: string, timeout: number): Promise<void> {
    const heard = new Promise<boolean>((resolve) => {
      const answered = () => resolve(true);
      this.#heard.addEventListener(device, answered, { once: true });
      setTimeout(timeout, undefined, { signal: this.#closing.signal })
        .catch(() => undefined)
        .then(() => {
          this.#heard.removeEventListener(device, answered);
          resolve(false);
        });
    });
    try {
      await this.#send(device, 'poll', {});
      if (!(await heard)) this.#links.lost(device);
    } catch (cause) {
      this.#links.lost(device);
      this.#host.log.debug({ err: cause, device }, 'not asked');
    }
  }

  #framing(peer: Peer): Framing {
    const { framing = 'script', gap = 20, longest = defaultLongest } = this.#setup.settings;
    const sink: FrameSink = {
      frame: (bytes) => this.#frame(peer, bytes),
      refuse: (refusal, sample) => {
        this.#links.damaged('');
        this.#host.refuse(refusal, sample.subarray(0, 64), this.#speakers.get(peer));
      },
    };
    return framing === 'gap' ? gapFraming(gap, longest, sink) : scriptFraming(() => this.#codec(), longest, sink);
  }

  async #data(peer: Peer, bytes: Uint8Array): Promise<void> {
    if (peer.stream) await this.#framings.get(peer)?.push(bytes);
    else await this.#frame(peer, bytes);
  }

  #gone(peer: Peer): void {
    this.#framings.get(peer)?.close();
    this.#framings.delete(peer);
    this.#speakers.delete(peer);
    for (const [device, way] of this.#ways)
      if (way === peer) {
        this.#ways.delete(device);
        this.#links.broke(device);
      }
    if (peer.stream && this.#framings.size === 0) this.#links.broke('');
  }

  #nameOf(peer: Peer, address: string | undefined): string | undefined {
    if (address !== undefined) return this.#byAddress.get(address);
    const [only, ...others] = this.#setup.devices;
    return this.#speakers.get(peer) ?? (others.length === 0 ? only?.name : undefined);
  }

  async #frame(peer: Peer, bytes: Uint8Array): Promise<void> {
    const codec = this.#codec();
    const recvTime = this.#host.clock.now().getTime();
    const known = this.#speakers.get(peer);
    const variables = { ...this.#setup.settings.variables, ...(known === undefined ? {} : this.#at(known)?.variables) };
    const decoded = isRefusal(codec) ? codec : await codec.decode({ bytes, recvTime, variables });
    if (isRefusal(decoded)) {
      this.#links.damaged(known ?? '');
      this.#host.refuse(decoded, bytes.subarray(0, 64), known);
      return;
    }
    await this.#said(peer, decoded, bytes);
  }

  async #said(peer: Peer, decoded: DecodedPayload, bytes: Uint8Array): Promise<void> {
    const device = this.#nameOf(peer, decoded.device ?? decoded.readings.find((one) => one.device)?.device);
    if (device !== undefined) {
      this.#ways.set(device, peer);
      this.#speakers.set(peer, device);
    }
    this.#links.received(device ?? '');
    for (const uplink of uplinksOf(decoded, (address) => this.#nameOf(peer, address)))
      if (!(await this.#take(uplink, bytes, device))) return;
    if (decoded.answer)
      await peer.send(decoded.answer).catch((cause) => this.#host.log.debug({ err: cause }, 'not answered'));
    if (device === undefined) return;
    if (decoded.reply && !this.#calls.settle(device, decoded.reply))
      this.#host.refuse(refuse(NothingPending, 'an answer nobody waits for'), bytes.subarray(0, 64), device);
    this.#heard.dispatchEvent(new Event(device));
  }

  /** False when it was not taken after some tries: the sender gets no receipt then. */
  async #take(uplink: Uplink, bytes: Uint8Array, device?: string): Promise<boolean> {
    for (let tries = 1; !this.#closing.signal.aborted; tries++) {
      try {
        await this.#host.take(uplink);
        return true;
      } catch (cause) {
        if (tries === triesToTake) {
          this.#host.log.warn({ err: cause, device }, 'not taken');
          this.#host.refuse(refuse(CommitFailed), bytes.subarray(0, 64), device);
          return false;
        }
        await rest(1_000, this.#closing.signal);
      }
    }
    return false;
  }
}

/** Anybody's own protocol: a script cuts the stream, decodes the frames and writes the commands (I-7.1-b). */
export const scriptChannel = {
  protocol: 'script',
  name: { zh: '脚本协议', en: 'Scripted protocol' },
  settings: ScriptSettings,
  device: ScriptDevice,
  bearers,
  open: (setup: Setup, host: ChannelHost) => new ScriptChannel(setup, host).open(),
} satisfies ChannelKind<typeof ScriptSettings, typeof ScriptDevice>;
