import { DeviceRefused, isJsonObject, PayloadMalformed } from '@keystead/terminals/port';
import { type Ourselves, requestTo, within } from './requests.ts';
import { type MediaTarget, offer, readAnswer } from './session-description.ts';
import { header, type SipMessage, writeSip } from './sip.ts';
import type { Peer, Transactions } from './transactions.ts';

const mostStreams = 1000;

/** The live streams we asked for: video goes from the camera to a media server, never through us. */
export class Streams {
  readonly #transactions: Transactions;
  readonly #send: (bytes: Uint8Array, to: Peer) => void;
  readonly #open = new Map<string, { invite: SipMessage; answer: SipMessage; peer: Peer }>();

  constructor(transactions: Transactions, send: (bytes: Uint8Array, to: Peer) => void) {
    this.#transactions = transactions;
    this.#send = send;
  }

  async play(us: Ourselves, peer: Peer, params: unknown, deadline: number) {
    const { channel, target } = readPlay(params);
    if (this.#open.size >= mostStreams) throw new DeviceRefused({ detail: `${mostStreams} streams are open` });
    const invite = requestTo('INVITE', us, { id: channel, peer }, offer(channel, target), {
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

function readPlay(params: unknown): { channel: string; target: MediaTarget } {
  if (isJsonObject(params)) {
    const { channel, host, port, ssrc } = params;
    const plain = typeof host === 'string' && /^[0-9A-Za-z.:-]{1,64}$/.test(host);
    const whole = typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536;
    if (typeof channel === 'string' && /^\d{20}$/.test(channel) && plain && whole)
      return {
        channel,
        target: { host, port, ssrc: typeof ssrc === 'string' && /^\d{10}$/.test(ssrc) ? ssrc : newSsrc() },
      };
  }
  throw new PayloadMalformed({ detail: 'channel (20 digits), host and port of the media server are needed' });
}

const newSsrc = () => `0${String(Math.floor(Math.random() * 1e9)).padStart(9, '0')}`;
