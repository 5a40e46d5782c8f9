import { DeviceRefused, isJsonObject, PayloadMalformed } from '@keystead/terminals/port';
import { type Ourselves, requestTo, within } from './requests.ts';
import { isChannel, type MediaTarget, offer, readAnswer, type While } from './session-description.ts';
import { header, type SipMessage, writeSip } from './sip.ts';
import type { Peer, Transactions } from './transactions.ts';

const mostStreams = 1000;

/** The streams we asked for, live or recorded: video goes from the camera to a media server, never through us. */
export class Streams {
  readonly #transactions: Transactions;
  readonly #send: (bytes: Uint8Array, to: Peer) => void;
  readonly #open = new Map<string, { invite: SipMessage; answer: SipMessage; peer: Peer }>();

  constructor(transactions: Transactions, send: (bytes: Uint8Array, to: Peer) => void) {
    this.#transactions = transactions;
    this.#send = send;
  }

  play(us: Ourselves, peer: Peer, params: unknown, deadline: number) {
    const { channel, target } = readTarget(params, '0');
    return this.#invite(us, peer, { channel, target }, deadline);
  }

  /** What was recorded in a while, at its own pace. */
  playback(us: Ourselves, peer: Peer, params: unknown, deadline: number) {
    const past = readWhile(params);
    return this.#invite(us, peer, { ...readTarget(params, '1'), past }, deadline);
  }

  async #invite(us: Ourselves, peer: Peer, { channel, target, past }: WantedStream, deadline: number) {
    if (this.#open.size >= mostStreams) throw new DeviceRefused({ detail: `${mostStreams} streams are open` });
    const invite = requestTo('INVITE', us, { id: channel, peer }, offer(channel, target, past), {
      subject: `${channel}:${target.ssrc},${us.id}:0`,
      'content-type': 'application/sdp',
    });
    const answer = await this.#transactions.ask(invite, peer, deadline);
    this.#send(writeSip(within(invite, answer, 'ACK')), peer);
    if ((answer.status ?? 500) >= 300) throw new DeviceRefused({ detail: `${answer.status} ${answer.reason}` });
    const stream = header(invite, 'call-id');
    this.#open.set(stream, { invite, answer, peer });
    return { stream, ...readAnswer(answer.body) };
  }

  async stop(params: unknown, deadline: number) {
    const stream = isJsonObject(params) ? String(params.stream) : '';
    const one = this.#open.get(stream);
    if (!one) throw new DeviceRefused({ detail: 'no such stream' });
    this.#open.delete(stream);
    await this.#transactions.ask(within(one.invite, one.answer, 'BYE'), one.peer, deadline);
    return { stopped: true };
  }

  /** The camera hung up; false = we know no such stream. */
  ended(request: SipMessage): boolean {
    return this.#open.delete(header(request, 'call-id'));
  }
}

interface WantedStream {
  channel: string;
  target: MediaTarget;
  past?: While;
}

/** `kind`: first digit of a number of ours, 0 live or 1 recorded. */
function readTarget(params: unknown, kind: '0' | '1'): Omit<WantedStream, 'past'> {
  if (isJsonObject(params)) {
    const { channel, host, port, ssrc } = params;
    const plain = typeof host === 'string' && /^[0-9A-Za-z.:-]{1,64}$/.test(host);
    const whole = typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536;
    if (isChannel(channel) && plain && whole)
      return {
        channel,
        target: { host, port, ssrc: typeof ssrc === 'string' && /^\d{10}$/.test(ssrc) ? ssrc : newSsrc(kind) },
      };
  }
  throw new PayloadMalformed({ detail: 'channel (20 digits), host and port of the media server are needed' });
}

const longestWhile = 86_400_000;

function readWhile(params: unknown): While {
  if (isJsonObject(params)) {
    const { from, to } = params;
    const moments = [from, to].every((each) => typeof each === 'number' && Number.isSafeInteger(each) && each >= 0);
    const past = { from, to } as While;
    if (moments && past.to - past.from >= 1000 && past.to - past.from <= longestWhile) return past;
  }
  throw new PayloadMalformed({ detail: 'from and to (ms since 1970) are needed, one second to one day apart' });
}

const newSsrc = (kind: '0' | '1') => `${kind}${String(Math.floor(Math.random() * 1e9)).padStart(9, '0')}`;
