/** Work that is rung for: runs until nothing is left, once more if it was rung for meanwhile, never twice at once. */
export interface Loop {
  go(): void;
  /** Ends after the round in hand. */
  stop(): Promise<void>;
}

/** `round` returns how much it moved; `moved` is called after each round that moved something. */
export function createLoop(round: () => Promise<number>, moved: () => void, failed: (cause: unknown) => void): Loop {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  async function run(): Promise<void> {
    do {
      again = false;
      while (!stopped && (await round()) > 0) moved();
    } while (again && !stopped);
  }

  function go(): void {
    if (stopped) return;
    again = true;
    running ??= run()
      .catch(failed)
      .finally(() => {
        running = undefined;
        // Rung for in the moment between the last look and here.
        if (again) go();
      });
  }

  return {
    go,
    stop: async () => {
      stopped = true;
      await running;
    },
  };
}
