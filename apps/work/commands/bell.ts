import type { Log } from '@keystead/kernel/base';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';

/** Numbers that fit into one word of the bell. */
const most = 500;
export const bellName = 'commands';

const word = (things: readonly number[], urgent: boolean): string => `${urgent ? '!' : ''}${things.join(',')}`;

/**
 * Tells the gateways which things have something to be taken. Urgent ones are told in words of their own, and at most
 * one word of a kind is under way at a time: what comes meanwhile goes together.
 */
export class QueueBell {
  readonly #bus: Pick<Kernel['bus'], 'ringBell' | 'ringWith'>;
  readonly #log: Log;
  readonly #waiting = { urgent: new Set<number>(), ordinary: new Set<number>() };
  readonly #busy = { urgent: false, ordinary: false };

  constructor(bus: Pick<Kernel['bus'], 'ringBell' | 'ringWith'>, log: Log) {
    this.#bus = bus;
    this.#log = log;
  }

  ring(thing: number, urgent: boolean): void {
    const lane = urgent ? 'urgent' : 'ordinary';
    this.#waiting[lane].add(thing);
    if (this.#busy[lane]) return;
    this.#busy[lane] = true;
    setImmediate(() => void this.#go(lane));
  }

  /** For emergencies just written: the commit itself tells, so that nothing comes between. */
  ringWith(tx: Tx, things: readonly number[]): void {
    for (let at = 0; at < things.length; at += most)
      this.#bus.ringWith(tx, bellName, word(things.slice(at, at + most), true));
  }

  async #go(lane: 'urgent' | 'ordinary'): Promise<void> {
    const waiting = this.#waiting[lane];
    while (waiting.size > 0) {
      const things = [...waiting].slice(0, most);
      for (const thing of things) waiting.delete(thing);
      try {
        await this.#bus.ringBell(bellName, word(things, lane === 'urgent'));
      } catch (cause) {
        // The gateways look for themselves every second.
        this.#log.warn({ err: cause }, 'the bell of commands could not be rung');
      }
    }
    this.#busy[lane] = false;
  }
}

/** The word as it arrives at a gateway. */
export function readBell(text: string): { urgent: boolean; things: number[] } {
  const urgent = text.startsWith('!');
  const things = text
    .slice(urgent ? 1 : 0)
    .split(',')
    .map(Number)
    .filter((number) => Number.isSafeInteger(number) && number > 0);
  return { urgent, things };
}
