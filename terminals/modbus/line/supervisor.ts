import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenWire, Wire } from './wire.ts';

/** A wire that is opened again whenever it is gone. */
export interface SupervisedWire {
  /** Undefined while there is none. */
  readonly wire: Wire | undefined;
  /** Why there is none. */
  readonly fault: string | undefined;
  /** Gives the wire up, as when it is open but nothing comes through, and opens another. */
  renew(reason: string): void;
  close(): Promise<void>;
}

export interface SupervisedEvents {
  data(bytes: Uint8Array): void;
  up(): void;
  /** `broke`: it was open before. */
  down(reason: string, broke: boolean): void;
}

const firstRest = 200;
const longestRest = 4000;

/** Wait before the n-th try in a row that led to nothing, with a little chance so that many do not come together. */
export const restBefore = (failures: number, chance: number): number =>
  Math.min(longestRest, firstRest * 2 ** Math.min(failures, 8)) * (0.8 + 0.4 * chance);

/** Opens the wire and keeps it open; never gives up, at most five seconds between two tries. */
export function supervise(open: OpenWire, events: SupervisedEvents): SupervisedWire {
  const ending = new AbortController();
  let wire: Wire | undefined;
  let fault: string | undefined;
  let failures = 0;
  let over: (reason: string) => void = () => {};

  async function once(): Promise<void> {
    let heard = false;
    const ended = new Promise<string>((resolve) => {
      over = resolve;
    });
    const opened = await open(
      {
        data: (bytes) => {
          heard = true;
          events.data(bytes);
        },
        closed: over,
      },
      ending.signal,
    );
    wire = opened;
    fault = undefined;
    events.up();
    const reason = await ended;
    wire = undefined;
    opened.close();
    // A wire that opens but never says a word counts as a failure, or a closing peer would be asked in a tight loop.
    failures = heard ? 0 : failures + 1;
    fault = reason;
    events.down(reason, true);
  }

  async function run(): Promise<void> {
    while (!ending.signal.aborted) {
      try {
        await once();
      } catch (error) {
        failures += 1;
        fault = error instanceof Error ? error.message : String(error);
        if (!ending.signal.aborted) events.down(fault, false);
      }
      await sleep(restBefore(failures, Math.random()), undefined, { signal: ending.signal }).catch(() => {});
    }
  }

  const running = run();
  return {
    get wire() {
      return wire;
    },
    get fault() {
      return fault;
    },
    renew: (reason) => over(reason),
    close: async () => {
      ending.abort();
      over('closed by us');
      await running;
    },
  };
}
