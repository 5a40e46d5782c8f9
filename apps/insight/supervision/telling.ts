const soon = 20; // ms: what comes together is told once
const pause = 100; // ms between two tellings, so that a flood costs ten of them a second

export interface Telling {
  /** Something happened at a place. */
  add(path: string): void;
}

/**
 * Gathers places something happened at and hands them over soon, at most ten times a second; the next are handed over when
 * the ones before are done. One for each thing that is told by itself: what takes long holds up nothing else.
 */
export function createTelling(hand: (paths: Set<string>) => Promise<void>, failed: (cause: unknown) => void): Telling {
  let gathered = new Set<string>();
  let last = Number.NEGATIVE_INFINITY;
  let busy = false;

  async function run(): Promise<void> {
    last = performance.now();
    const paths = gathered;
    gathered = new Set();
    await hand(paths).catch(failed);
    busy = false;
    if (gathered.size > 0) plan();
  }
  function plan(): void {
    if (busy) return;
    busy = true;
    setTimeout(() => void run(), Math.max(soon, last + pause - performance.now()));
  }
  return {
    add(path) {
      gathered.add(path);
      plan();
    },
  };
}
