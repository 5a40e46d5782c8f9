import type { Clock } from '@keystead/kernel/base';
import type { Peer } from './transactions.ts';

export interface Registration {
  name: string;
  id: string;
  peer: Peer;
  /** ms since 1970. */
  expires: number;
  heard: number;
}

/** Who is registered, from where, and until when. */
export class Registrations {
  readonly #clock: Clock;
  readonly #patience: number;
  readonly #byId = new Map<string, Registration>();

  /** `keepalive`: s between signs of life; three missed ones end a registration. */
  constructor(clock: Clock, keepalive: number) {
    this.#clock = clock;
    this.#patience = keepalive * 3000;
  }

  /** True when it was not registered from there before. */
  put(name: string, id: string, peer: Peer, seconds: number): boolean {
    const before = this.from(id, peer);
    const now = this.#clock.now().getTime();
    this.#byId.set(id, { name, id, peer, expires: now + seconds * 1000, heard: now });
    return before === undefined;
  }

  remove(id: string): Registration | undefined {
    const one = this.#byId.get(id);
    this.#byId.delete(id);
    return one;
  }

  get(id: string): Registration | undefined {
    return this.#byId.get(id);
  }

  /** The registration of a device, when it speaks from where it registered. */
  from(id: string, { address, port, stream = false }: Peer): Registration | undefined {
    const one = this.#byId.get(id);
    const same = one?.peer.address === address && one.peer.port === port && (one.peer.stream ?? false) === stream;
    return same ? one : undefined;
  }

  heard(one: Registration): void {
    one.heard = this.#clock.now().getTime();
  }

  /** Takes out and gives those that fell silent or ran out. */
  lapsed(): Registration[] {
    const now = this.#clock.now().getTime();
    const over = [...this.#byId.values()].filter(
      ({ expires, heard }) => expires <= now || now - heard > this.#patience,
    );
    for (const { id } of over) this.#byId.delete(id);
    return over;
  }
}
