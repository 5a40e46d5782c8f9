import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '@keystead/kernel/base';
import { Overloaded } from '@keystead/terminals/port';
import { optionNumbers, optionOf } from '../message/option.ts';
import { deriveContext, type OscoreContext, type OscoreKeys } from './context.ts';
import { numberOf, pivOf } from './object.ts';
import {
  type Content,
  protectAnswer,
  protectRequest,
  type RequestBinding,
  unprotectAnswer,
  unprotectRequest,
} from './protect.ts';
import { ReplayWindow } from './replay-window.ts';

/** Start of 2026; 40 bits of ms from here reach into 2060. */
const epoch = Date.UTC(2026, 0, 1);
const greatest = 2 ** 40 - 1;
/**
 * ms our numbers may run ahead of the clock, for messages of one moment. A relation is made anew only after this time,
 * so that it never begins below a number given out before.
 */
export const numberLead = 100;

/** What became of a protected request. `stale`: genuine, but nothing shows yet that it is not an old one. */
export type Opened =
  | { kind: 'fresh'; content: Content; binding: RequestBinding }
  | { kind: 'stale'; binding: RequestBinding; challenge: Uint8Array }
  | { kind: 'replayed' }
  | { kind: 'forged' };

/**
 * One relation with one device while a channel is open. Nothing is kept over a restart: our own numbers are the ms of the
 * clock (see `numberLead`, so that a restart does not give one out twice), and the first request of the other end is
 * asked to repeat a challenge (RFC 8613 B.1.2 with RFC 9175) before its numbers are believed.
 */
export class OscoreRelation {
  readonly context: OscoreContext;
  readonly #clock: Clock;
  readonly #window = new ReplayWindow();
  readonly #challenge = Uint8Array.from(randomBytes(8));
  #synchronised = false;
  #last = 0;

  constructor(keys: OscoreKeys, clock: Clock) {
    this.context = deriveContext(keys);
    this.#clock = clock;
  }

  /** Throws `Overloaded` when more messages than ms passed were protected, or the clock stands outside 2026 … 2060. */
  #nextPiv(): Uint8Array {
    const time = this.#clock.now().getTime() - epoch;
    const next = Math.max(this.#last + 1, time);
    if (time < 0 || next > greatest || next >= time + numberLead)
      throw new Overloaded({ detail: 'no message number left' });
    this.#last = next;
    return pivOf(next);
  }

  openRequest(sealed: Uint8Array, piv: Uint8Array): Opened {
    const number = numberOf(piv);
    if (this.#synchronised && !this.#window.isNew(number)) return { kind: 'replayed' };
    const binding = { kid: this.context.recipientId, piv };
    const content = unprotectRequest(this.context, sealed, binding);
    if (!content) return { kind: 'forged' };
    if (!this.#synchronised) {
      const echo = optionOf(content.options, optionNumbers.echo);
      if (echo?.length !== this.#challenge.length || !timingSafeEqual(echo, this.#challenge))
        return { kind: 'stale', binding, challenge: this.#challenge };
      this.#synchronised = true;
      this.#window.startAt(number);
    } else this.#window.note(number);
    return { kind: 'fresh', content, binding };
  }

  /** An answer always has its own number: a request may be an old one that is only being challenged. */
  answer(content: Content, to: RequestBinding): Content {
    return protectAnswer(this.context, content, to, this.#nextPiv());
  }

  request(content: Content): { content: Content; binding: RequestBinding } {
    const piv = this.#nextPiv();
    return { content: protectRequest(this.context, content, piv), binding: { kid: this.context.senderId, piv } };
  }

  /** `number` orders notifications; undefined for an answer without one. */
  openAnswer(content: Content, to: RequestBinding): { content: Content; number?: number } | undefined {
    const opened = unprotectAnswer(this.context, content, to);
    return opened && { content: opened.content, number: opened.piv && numberOf(opened.piv) };
  }
}
