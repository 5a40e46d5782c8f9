import { isRefusal } from '@keystead/terminals/port';
import type { GatewayCore } from '../core.ts';
import { identify } from '../greeting.ts';
import type { Denied } from '../ports.ts';
import { type Source, sourceOf } from '../reception.ts';

/** A listing is asked for again after this long; a revocation is felt at once. */
const trustMs = 5_000;
const most = 50_000;

/** Remembers for a few seconds who a token belongs to, since HTTP shows it with each request. */
export class KnownTokens {
  readonly #known = new Map<string, { source: Source; until: number }>();
  readonly #core: GatewayCore;

  constructor(core: GatewayCore) {
    this.#core = core;
  }

  async find(token: string, peer: string): Promise<Source | Denied> {
    const now = this.#core.clock.now().getTime();
    const known = this.#known.get(token);
    if (known && known.until > now && known.source.peer === peer) return known.source;
    const admitted = await identify(this.#core, { kind: 'token', token }, peer);
    if (isRefusal(admitted)) {
      this.#known.delete(token);
      return admitted;
    }
    const source = sourceOf(admitted, peer);
    this.#known.delete(token);
    if (this.#known.size >= most)
      for (const oldest of this.#known.keys()) {
        this.#known.delete(oldest);
        break;
      }
    this.#known.set(token, { source, until: now + trustMs });
    return source;
  }

  forget(thing: number): void {
    for (const [token, { source }] of this.#known) if (source.admitted.thing === thing) this.#known.delete(token);
  }
}
