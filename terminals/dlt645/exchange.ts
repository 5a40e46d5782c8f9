import { DeviceRefused, DeviceSilent, isRefusal, problemOf, type Talk } from '@keystead/terminals/port';
import { type Answer, answerOf } from './answer.ts';
import { functionOf, isAnswer, isRefusalCode, partsOf } from './frame.ts';
import { moreRequest, readRequest, readRequest1997 } from './request.ts';

const mostParts = 64;
const mostBytes = 8_192;

/** Questions to one meter and the answers that fit them. */
export class MeterExchange {
  readonly #address: string;
  readonly #preamble: number;
  readonly #version: '2007' | '1997';

  constructor(address: string, preamble: number, version: '2007' | '1997') {
    this.#address = address.padStart(12, '0');
    this.#preamble = preamble;
    this.#version = version;
  }

  get to(): { address: string; preamble: number } {
    return { address: this.#address, preamble: this.#preamble };
  }

  /** Everything behind an identifier, put together when it comes in parts. Rejects with what the meter says against it. */
  async data(talk: Talk, id: number): Promise<Uint8Array> {
    const request = this.#version === '1997' ? readRequest1997(this.to, id) : readRequest(this.to, id);
    const first = await this.ask(talk, request, (answer) => answer.kind === 'data' && answer.id === id);
    if (first.kind !== 'data') throw new DeviceRefused({ detail: 'answered something else' });
    const parts = [first.data];
    for (let { more } = first; more; ) {
      const sequence = parts.length;
      const fits = (answer: Answer) => answer.kind === 'part' && answer.id === id && answer.sequence === sequence;
      const part = await this.ask(talk, moreRequest(this.to, id, sequence), fits);
      if (part.kind !== 'part' || parts.length >= mostParts) throw new DeviceRefused({ detail: 'too many parts' });
      parts.push(part.data);
      more = part.more;
    }
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    if (length > mostBytes) throw new DeviceRefused({ detail: 'too much data' });
    return Uint8Array.from(parts.flatMap((part) => [...part]));
  }

  /**
   * One question. `anyone`: the answer may come from any address. Rejects with `DeviceSilent`, or with `DeviceRefused`
   * when the meter says no.
   */
  async ask(
    talk: Talk,
    request: Uint8Array,
    fits: (answer: Answer) => boolean,
    { effect, anyone = false }: { effect?: 'effect'; anyone?: boolean } = {},
  ): Promise<Answer> {
    const asked = functionOf(partsOf(request.subarray(this.#preamble))?.control ?? 0);
    const wanted = (bytes: Uint8Array): boolean => {
      const parts = partsOf(bytes);
      if (!parts || !isAnswer(parts.control) || functionOf(parts.control) !== asked) return false;
      if (!anyone && parts.address !== this.#address) return false;
      if (isRefusalCode(parts.control)) return true;
      const answer = answerOf(parts);
      return !isRefusal(answer) && fits(answer);
    };
    const parts = partsOf(await talk.ask(request, wanted, effect));
    const answer = parts && answerOf(parts);
    if (!answer) throw new DeviceSilent({});
    if (isRefusal(answer)) throw problemOf(answer);
    return answer;
  }

  /** An order: sent once, done when the meter confirms it. */
  async order(talk: Talk, request: Uint8Array): Promise<void> {
    await this.ask(talk, request, (answer) => answer.kind === 'done', { effect: 'effect' });
  }
}
