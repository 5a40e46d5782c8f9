import { DeviceSilent } from '@keystead/terminals/port';
import { header, type SipMessage, writeSip } from './sip.ts';

export interface Peer {
  address: string;
  port: number;
  /** It is connected to us over TCP. */
  stream?: boolean;
}

interface Open {
  resolve(answer: SipMessage): void;
  again: NodeJS.Timeout | undefined;
  over: NodeJS.Timeout;
}

const mostOpen = 1000;
const keyOf = (message: SipMessage) => `${header(message, 'call-id')} ${header(message, 'cseq')}`;

/** Requests of ours that await an answer: sent again (0.5 s, 1 s, 2 s …) until one comes or the deadline passes. */
export class Transactions {
  readonly #send: (bytes: Uint8Array, to: Peer) => void;
  readonly #open = new Map<string, Open>();

  constructor(send: (bytes: Uint8Array, to: Peer) => void) {
    this.#send = send;
  }

  ask(request: SipMessage, to: Peer, deadline: number): Promise<SipMessage> {
    if (this.#open.size >= mostOpen) throw new DeviceSilent({ detail: 'too many requests are open' });
    const bytes = writeSip(request);
    const key = keyOf(request);
    return new Promise((resolve, reject) => {
      let wait = 500;
      const repeat = () => {
        this.#send(bytes, to);
        one.again = setTimeout(repeat, wait);
        wait = Math.min(wait * 2, 4000);
      };
      const one: Open = {
        resolve,
        // A stream loses nothing on its way: only datagrams are repeated.
        again: to.stream ? undefined : setTimeout(repeat, wait),
        over: setTimeout(() => {
          this.#close(key);
          reject(new DeviceSilent());
        }, deadline),
      };
      this.#open.set(key, one);
      this.#send(bytes, to);
    });
  }

  /** An answer came; a provisional one only ends the repeating. */
  answered(answer: SipMessage): void {
    const one = this.#open.get(keyOf(answer));
    if (!one) return;
    clearTimeout(one.again);
    if ((answer.status ?? 0) < 200) return;
    this.#close(keyOf(answer));
    one.resolve(answer);
  }

  #close(key: string): void {
    const one = this.#open.get(key);
    if (!one) return;
    clearTimeout(one.again);
    clearTimeout(one.over);
    this.#open.delete(key);
  }

  close(): void {
    for (const key of [...this.#open.keys()]) this.#close(key);
  }
}

/** Answers already given, so that a request that comes again gets the same one and moves nothing twice. */
export class GivenAnswers {
  readonly #given = new Map<string, { at: number; answer: Uint8Array | undefined }>();
  readonly #life = 32_000;
  readonly #most = 5000;

  /** `working`: it is being answered; undefined: never seen. */
  find(request: SipMessage, now: number): Uint8Array | 'working' | undefined {
    const one = this.#given.get(keyOf(request));
    if (!one || now - one.at > this.#life) return undefined;
    return one.answer ?? 'working';
  }

  begin(request: SipMessage, now: number): void {
    for (const [key, { at }] of this.#given) {
      if (now - at <= this.#life && this.#given.size < this.#most) break;
      this.#given.delete(key);
    }
    this.#given.delete(keyOf(request));
    this.#given.set(keyOf(request), { at: now, answer: undefined });
  }

  end(request: SipMessage, answer: Uint8Array | undefined): void {
    const one = this.#given.get(keyOf(request));
    if (one && answer) one.answer = answer;
    else this.#given.delete(keyOf(request));
  }
}
