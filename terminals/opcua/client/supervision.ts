import { setTimeout as sleep } from 'node:timers/promises';

/** Something that stands until `ended` says why it does not any more. */
export interface Standing {
  readonly ended: Promise<string>;
  close(): Promise<void>;
}

export interface SupervisionEvents<T extends Standing> {
  /** Stands. */
  up(standing: T): void;
  /** Gone, or could not be made. */
  down(cause: unknown): void;
}

const firstRest = 300;
const longestRest = 5000;

/** Wait before the n-th try in a row that failed, ms; at most 6 s with the chance. */
export const restBefore = (failures: number, chance: number): number =>
  Math.min(longestRest, firstRest * 2 ** Math.min(failures, 8)) * (0.8 + 0.4 * chance);

/** Makes a thing again whenever it is gone, and never gives up. Answers how to end that. */
export function keepStanding<T extends Standing>(
  make: () => Promise<T>,
  events: SupervisionEvents<T>,
): { close(): Promise<void> } {
  const ending = new AbortController();
  let standing: T | undefined;

  async function once(): Promise<boolean> {
    try {
      const made = await make();
      standing = made;
      if (ending.signal.aborted) return true;
      events.up(made);
      events.down(new Error(await made.ended));
      return true;
    } catch (error) {
      if (!ending.signal.aborted) events.down(error);
      return false;
    } finally {
      await standing?.close();
      standing = undefined;
    }
  }

  async function run(): Promise<void> {
    for (let failures = 0; !ending.signal.aborted; ) {
      failures = (await once()) ? 0 : failures + 1;
      await sleep(restBefore(failures, Math.random()), undefined, { signal: ending.signal }).catch(() => {});
    }
  }

  const running = run();
  return {
    close: async () => {
      ending.abort();
      await standing?.close();
      await running;
    },
  };
}
