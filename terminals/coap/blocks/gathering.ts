import { code } from '../message/code.ts';
import { type Option, optionNumbers, optionOf, uintOf, uintOption } from '../message/option.ts';
import type { Content } from '../transport/endpoint.ts';
import { blockOption, largestBody, readBlock } from './block.ts';

interface Body {
  parts: Uint8Array[];
  length: number;
  since: number;
}

const lifetime = 247_000;
const none = new Uint8Array(0);

const answer = (written: `${number}.${number}`, options: Option[] = [], text = ''): Content => ({
  code: code(written),
  options,
  payload: text === '' ? none : Buffer.from(text),
});

/** Bodies that are being sent to us in blocks, one after another (RFC 7959 §2.5). Bounded in number, size and age. */
export class Gathering {
  readonly #most: number;
  readonly #bodies = new Map<string, Body>();

  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#bodies.size;
  }

  /**
   * One request of sender and resource `key`: its whole payload with the Block1 option to answer with, or an answer to
   * give before the body is whole. `now`: ms of a monotonic clock.
   */
  add(key: string, request: Content, now: number): { payload: Uint8Array; options: Option[] } | Content {
    const block = readBlock(request.options, optionNumbers.block1);
    if (typeof block === 'string') return answer('4.00', [], block);
    const announced = uintOf(request.options, optionNumbers.size1) ?? 0;
    const tooLarge = answer('4.13', [uintOption(optionNumbers.size1, largestBody)]);
    if (announced > largestBody) return tooLarge;
    if (!block) return { payload: request.payload, options: [] };
    if (block.more && request.payload.length !== block.size) return answer('4.00', [], 'a block that is not full');
    const tag = optionOf(request.options, 292) ?? none;
    const whole = `${key} ${Buffer.from(tag).toString('hex')}`;
    const body = block.number === 0 ? this.#begin(whole, now) : this.#bodies.get(whole);
    if (!body || body.length !== block.number * block.size) {
      this.#bodies.delete(whole);
      return answer('4.08', [], 'a block is missing');
    }
    body.parts.push(Uint8Array.from(request.payload));
    body.length += request.payload.length;
    const options = [blockOption(optionNumbers.block1, block)];
    if (body.length > largestBody) {
      this.#bodies.delete(whole);
      return tooLarge;
    }
    if (block.more) return answer('2.31', options);
    this.#bodies.delete(whole);
    return { payload: Buffer.concat(body.parts), options };
  }

  #begin(key: string, now: number): Body {
    this.#bodies.delete(key);
    for (const [oldest, { since }] of this.#bodies) {
      if (this.#bodies.size < this.#most && now - since < lifetime) break;
      this.#bodies.delete(oldest);
    }
    const body = { parts: [], length: 0, since: now };
    this.#bodies.set(key, body);
    return body;
  }
}
