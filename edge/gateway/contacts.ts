import type { Clock } from '@keystead/kernel/base';
import type { Contact, Heard } from './ports.ts';

/** Gathers signs of life: the last one of each thing, handed on once a second. Bounded by the number of things. */
export class Contacts {
  readonly #contact: Contact;
  readonly #clock: Clock;
  #heard = new Map<number, number>();

  constructor(contact: Contact, clock: Clock) {
    this.#contact = contact;
    this.#clock = clock;
  }

  /** `now`: ms since 1970, when the caller has it already. */
  heard(thing: number, now = this.#clock.now().getTime()): void {
    this.#heard.set(thing, now);
  }

  flush(): void {
    if (this.#heard.size === 0) return;
    const rows: Heard[] = [];
    for (const [thing, time] of this.#heard) rows.push({ thing, time: time * 1000 });
    this.#heard = new Map();
    this.#contact.heard(rows);
  }
}
