interface Sent {
  thing: number;
  urgent: boolean;
  due: number;
}

/** What this process has sent and not seen answered: small, since each is forgotten when its time is over. */
export class OnTheWay {
  readonly #sent = new Map<number, Sent>();
  readonly #things = new Map<number, number>();

  add({ number, thing, urgent, due }: { number: number; thing: number; urgent: boolean; due: Date }): void {
    this.settle(number);
    this.#sent.set(number, { thing, urgent, due: due.getTime() });
    this.#things.set(thing, (this.#things.get(thing) ?? 0) + 1);
  }

  settle(number: number): Sent | undefined {
    const sent = this.#sent.get(number);
    if (!sent) return undefined;
    this.#sent.delete(number);
    const left = (this.#things.get(sent.thing) ?? 1) - 1;
    if (left > 0) this.#things.set(sent.thing, left);
    else this.#things.delete(sent.thing);
    return sent;
  }

  has(thing: number): boolean {
    return this.#things.has(thing);
  }

  forgetEnded(now: Date): void {
    for (const [number, { due }] of this.#sent) if (due < now.getTime()) this.settle(number);
  }
}
