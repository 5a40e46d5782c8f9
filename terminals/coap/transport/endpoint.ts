import { randomBytes, randomInt } from 'node:crypto';
import type { Socket } from 'node:dgram';
import { ProtocolViolated, type Refusal, refuse } from '@keystead/terminals/port';
import { isRequest, isResponse } from '../message/code.ts';
import { decodeMessage, encodeMessage, isMalformed, type Message, type MessageType } from '../message/message.ts';
import { notUnderstood, type Option, optionNumbers, uintOption } from '../message/option.ts';
import { type Confirmation, Confirmed } from './confirmed.ts';
import { type Exchange, RecentExchanges } from './recent.ts';
import { openSocket } from './socket.ts';

export interface Peer {
  address: string;
  port: number;
}

/** Code, options and payload: what a message says, apart from how it is carried. */
export interface Content {
  code: number;
  options: Option[];
  payload: Uint8Array;
}

export interface EndpointUse {
  /** Serves a request that came for the first time; when it rejects the answer is 5.03. */
  serve(request: Message, peer: Peer): Promise<Content>;
  refused(refusal: Refusal, sample: Uint8Array): void;
}

/** A request of ours that waits for answers: one, or with Observe many. */
export interface OpenRequest {
  readonly token: Uint8Array;
  /** How the request itself fared; an answer may come without an acknowledgement of its own. */
  readonly sent: Promise<Confirmation>;
  /** No further answers are wanted; a notification that still comes is refused. */
  end(): void;
}

interface Timings {
  /** ACK_TIMEOUT, ms. */
  ackTimeout: number;
}

const none = new Uint8Array(0);
const empty = (type: MessageType, id: number): Message => ({
  type,
  code: 0,
  id,
  token: none,
  options: [],
  payload: none,
});
const placeOf = ({ address, port }: Peer): string => `${address} ${port}`;
/** 5.03, to be tried again in five seconds. */
const overloaded: Content = {
  code: 0xa3,
  options: [uintOption(optionNumbers.maxAge, 5)],
  payload: Buffer.from('overloaded'),
};
const mostRecent = 16_384;
const mostServed = 512;
const mostOpen = 4_096;
const mostPeers = 16_384;

/** One UDP port that asks and is asked: matching, repeating, recognising repetitions (RFC 7252 §4 and §5.2). */
export class Endpoint {
  readonly #use: EndpointUse;
  readonly #socket: Socket;
  readonly #confirmed: Confirmed;
  readonly #recent = new RecentExchanges(mostRecent);
  readonly #open = new Map<string, { place: string; answered(message: Message): void }>();
  readonly #ids = new Map<string, number>();
  readonly #ackDelay: number;
  #serving = 0;
  #closed = false;

  private constructor(socket: Socket, use: EndpointUse, { ackTimeout }: Timings) {
    this.#socket = socket;
    this.#use = use;
    this.#confirmed = new Confirmed(ackTimeout);
    this.#ackDelay = ackTimeout / 4;
    socket.on('message', (bytes, from) => this.#received(bytes, from));
  }

  static async open(at: { host: string; port: number }, use: EndpointUse, timings: Timings): Promise<Endpoint> {
    return new Endpoint(await openSocket(at), use, timings);
  }

  get port(): number {
    return this.#socket.address().port;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#confirmed.close();
    this.#open.clear();
    await new Promise<void>((done) => void this.#socket.close(() => done()));
  }

  /** Sends a confirmable request; `answered` is told each message that carries its token, in the order they come. */
  request(peer: Peer, content: Content, answered: (message: Message) => void): OpenRequest {
    const token = Uint8Array.from(randomBytes(8));
    const key = Buffer.from(token).toString('hex');
    const end = () => void this.#open.delete(key);
    if (this.#open.size >= mostOpen) return { token, sent: Promise.resolve('silent'), end };
    this.#open.set(key, { place: placeOf(peer), answered });
    return { token, sent: this.confirm(peer, token, content), end };
  }

  /** Sends an answer or a notification that wants an acknowledgement. */
  confirm(peer: Peer, token: Uint8Array, content: Content): Promise<Confirmation> {
    const id = this.#nextId(peer);
    const bytes = encodeMessage({ type: 'CON', id, token, ...content });
    return this.#confirmed.send(`${placeOf(peer)} ${id}`, () => this.#transmit(bytes, peer));
  }

  #nextId(peer: Peer): number {
    const place = placeOf(peer);
    const id = ((this.#ids.get(place) ?? randomInt(0x10000)) + 1) & 0xffff;
    this.#ids.delete(place);
    this.#ids.set(place, id);
    const [oldest] = this.#ids.keys();
    if (this.#ids.size > mostPeers && oldest !== undefined) this.#ids.delete(oldest);
    return id;
  }

  #transmit(bytes: Uint8Array, { address, port }: Peer): void {
    if (this.#closed) return;
    // A datagram that cannot leave is like one that is lost: it is repeated, or the other end asks again.
    this.#socket.send(bytes, port, address, () => undefined);
  }

  #send(message: Message, peer: Peer): Uint8Array {
    const bytes = encodeMessage(message);
    this.#transmit(bytes, peer);
    return bytes;
  }

  #received(bytes: Uint8Array, { address, port }: Peer): void {
    const peer = { address, port };
    const read = decodeMessage(bytes);
    if (isMalformed(read)) {
      this.#use.refused(refuse(ProtocolViolated, read.malformed), bytes);
      if (read.reset !== undefined) this.#send(empty('RST', read.reset), peer);
      return;
    }
    if (read.type === 'ACK' || read.type === 'RST')
      this.#confirmed.settle(`${placeOf(peer)} ${read.id}`, read.type === 'ACK' ? 'acknowledged' : 'reset');
    if (isResponse(read.code)) this.#answer(read, peer);
    else if (isRequest(read.code) && (read.type === 'CON' || read.type === 'NON')) this.#request(read, peer);
    // What is left of the confirmable: an empty one is a ping, a reserved code nobody knows.
    else if (read.type === 'CON') this.#send(empty('RST', read.id), peer);
  }

  #answer(message: Message, peer: Peer): void {
    const open = this.#open.get(Buffer.from(message.token).toString('hex'));
    const wanted = open?.place === placeOf(peer) && notUnderstood(message.options) === undefined;
    if (message.type === 'CON') this.#send(empty(wanted ? 'ACK' : 'RST', message.id), peer);
    else if (message.type === 'NON' && !wanted) this.#send(empty('RST', message.id), peer);
    if (wanted) open.answered(message);
  }

  #request(request: Message, peer: Peer): void {
    const now = performance.now();
    const key = `${placeOf(peer)} ${request.id}`;
    const seen = this.#recent.seen(key, now);
    if (seen) {
      if (seen.answer) this.#transmit(seen.answer, peer);
      return;
    }
    const exchange = this.#recent.begin(key, now);
    const critical = notUnderstood(request.options);
    if (critical !== undefined && request.type === 'NON') {
      exchange.answer = this.#send(empty('RST', request.id), peer);
      return;
    }
    const proxied = critical === optionNumbers.proxyUri || critical === optionNumbers.proxyScheme;
    const refusal = (code: number, text: string, options: Option[] = []): Content => ({
      code,
      options,
      payload: Buffer.from(text),
    });
    if (critical !== undefined)
      this.#reply(request, peer, exchange, proxied ? refusal(0xa5, '') : refusal(0x82, `option ${critical}`));
    else if (this.#serving >= mostServed) this.#reply(request, peer, exchange, overloaded);
    else void this.#serve(request, peer, exchange);
  }

  /** Answers on the acknowledgement when that is soon enough, else acknowledges first and answers apart (§5.2.2). */
  async #serve(request: Message, peer: Peer, exchange: Exchange): Promise<void> {
    this.#serving++;
    let acknowledged = false;
    const timer = setTimeout(() => {
      if (request.type !== 'CON') return;
      acknowledged = true;
      exchange.answer = this.#send(empty('ACK', request.id), peer);
    }, this.#ackDelay);
    const content = await this.#use.serve(request, peer).catch(() => overloaded);
    clearTimeout(timer);
    this.#serving--;
    if (this.#closed) return;
    if (acknowledged) await this.confirm(peer, request.token, content);
    else this.#reply(request, peer, exchange, content);
  }

  #reply(request: Message, peer: Peer, exchange: Exchange, content: Content): void {
    const carried =
      request.type === 'CON'
        ? { type: 'ACK' as const, id: request.id }
        : { type: 'NON' as const, id: this.#nextId(peer) };
    exchange.answer = this.#send({ ...carried, token: request.token, ...content }, peer);
  }
}
