import type { Log } from '@keystead/kernel/base';

const every = 1000; // ms

/** Carries the campaigns on once a second until stopped; each step waits for the end of the one before. */
export function watchOver(log: Log, advance: () => Promise<void>): () => Promise<void> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const again = () => {
    timer = setTimeout(() => {
      running = advance()
        .catch((cause) => log.error({ err: cause }, 'firmware campaigns could not be carried on'))
        .finally(() => {
          if (!stopped) again();
        });
    }, every);
  };
  again();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
