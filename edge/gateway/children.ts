import { isRefusal, PayloadMalformed, type Refusal, refuse } from '@keystead/terminals/port';
import type { Admitted, Denied } from './ports.ts';
import { type Source, sourceOf } from './reception.ts';

/** A denial is asked again after this long, so that a listing takes effect within ten seconds (H-11.2-g-1). */
const denialMs = 5_000;

interface Denial {
  denied: Denied;
  until: number;
}

const isName = (name: string): boolean =>
  name.length > 0 && name.length <= 200 && name.isWellFormed() && !name.includes('\u0000');

export interface ChildrenPorts {
  /** Asks who a child is; the number of questions at one time is held by the caller. */
  admit(name: string): Promise<Admitted | Denied>;
  joined(child: Source, name: string): void;
  left(child: Source, name: string): void;
  now(): Date;
}

/** The devices one gateway speaks for, by the names it gives them: asked once, kept while the session lasts. */
export class Children {
  readonly #known = new Map<string, Source | Denial | Promise<Source | Denial>>();
  readonly #names = new Map<number, string>();
  readonly #ports: ChildrenPorts;
  readonly #peer: string;
  readonly #most: number;

  constructor(ports: ChildrenPorts, peer: string, most: number) {
    this.#ports = ports;
    this.#peer = peer;
    this.#most = most;
  }

  /** The child if it is known already; undefined = ask with `find`. */
  get(name: string): Source | Refusal | undefined {
    const known = this.#known.get(name);
    if (known === undefined) return isName(name) ? undefined : refuse(PayloadMalformed, 'no name of a device', '');
    if (known instanceof Promise) return undefined;
    if ('admitted' in known) return known;
    return known.until > this.#ports.now().getTime() ? known.denied : undefined;
  }

  nameOf(thing: number): string | undefined {
    return this.#names.get(thing);
  }

  things(): number[] {
    return [...this.#names.keys()];
  }

  async find(name: string): Promise<void> {
    const known = this.#known.get(name);
    if (known instanceof Promise) {
      await known;
      return;
    }
    if (this.get(name) !== undefined) return;
    if (known === undefined) this.#makeRoom();
    const asked = this.#ask(name);
    this.#known.set(name, asked);
    try {
      const answer = await asked;
      if (this.#known.get(name) === asked) this.#known.set(name, answer);
    } catch (failure) {
      this.#known.delete(name);
      throw failure;
    }
  }

  /** The child lost its right, or its rights changed: the next word of it is asked about anew. */
  forget(thing: number): void {
    const name = this.#names.get(thing);
    if (name === undefined) return;
    this.leave(name);
  }

  leave(name: string): void {
    const known = this.#known.get(name);
    this.#known.delete(name);
    if (known === undefined || known instanceof Promise || !('admitted' in known)) return;
    this.#names.delete(known.admitted.thing);
    this.#ports.left(known, name);
  }

  leaveAll(): void {
    for (const name of [...this.#known.keys()]) this.leave(name);
  }

  async #ask(name: string): Promise<Source | Denial> {
    const answer = await this.#ports.admit(name);
    if (isRefusal(answer))
      return { denied: { ...answer, device: name }, until: this.#ports.now().getTime() + denialMs };
    const child = sourceOf(answer, this.#peer);
    this.#names.set(answer.thing, name);
    this.#ports.joined(child, name);
    return child;
  }

  /** A gateway that names ever new devices loses the oldest denials and children first, never grows without end. */
  #makeRoom(): void {
    if (this.#known.size < this.#most) return;
    for (const [name, known] of this.#known) {
      if (known instanceof Promise) continue;
      this.leave(name);
      return;
    }
  }
}
