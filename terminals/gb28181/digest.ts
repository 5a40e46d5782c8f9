import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { header, parameter, type SipMessage } from './sip.ts';

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

/**
 * The digest challenge of a registrar (RFC 2617, which GB/T 28181 prescribes with MD5). A nonce is a time and its HMAC
 * under a key of this process, so none has to be remembered; it holds for `life` ms.
 */
export class DigestGuard {
  readonly #realm: string;
  readonly #key: Uint8Array;
  readonly #life: number;

  constructor(realm: string, key: Uint8Array, life = 300_000) {
    this.#realm = realm;
    this.#key = key;
    this.#life = life;
  }

  #sign(time: string): string {
    return createHmac('sha256', this.#key).update(time).digest('hex').slice(0, 32);
  }

  challenge(now: number): string {
    const time = now.toString(36);
    return `Digest realm="${this.#realm}", nonce="${time}-${this.#sign(time)}", algorithm=MD5, qop="auth"`;
  }

  /** Whether the request carries a fresh answer to a challenge of ours, made with this password. */
  proves(request: SipMessage, user: string, password: string, now: number): boolean {
    const given = header(request, 'authorization');
    const of = (name: string) => parameter(given, name) ?? '';
    const [time = '', sign = ''] = of('nonce').split('-');
    const age = now - Number.parseInt(time, 36);
    if (!(age >= 0 && age <= this.#life) || sign !== this.#sign(time)) return false;
    if (of('username') !== user || of('realm') !== this.#realm) return false;
    const first = md5(`${user}:${this.#realm}:${password}`);
    const second = md5(`${request.method}:${of('uri')}`);
    const middle = of('qop') === '' ? of('nonce') : [of('nonce'), of('nc'), of('cnonce'), of('qop')].join(':');
    const wanted = Buffer.from(md5(`${first}:${middle}:${second}`));
    const shown = Buffer.from(of('response').toLowerCase());
    return wanted.length === shown.length && timingSafeEqual(wanted, shown);
  }
}
