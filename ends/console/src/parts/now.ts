import { useSyncExternalStore } from 'react';

interface Ticking {
  now: number;
  watchers: Set<() => void>;
  subscribe(watcher: () => void): () => void;
}

const clocks = new Map<number, Ticking>();

/** One timer for all who look at the same pace, however many rows tell how long ago they began. */
function clockOf(everySeconds: number): Ticking {
  const known = clocks.get(everySeconds);
  if (known) return known;
  let timer: ReturnType<typeof setInterval> | undefined;
  const clock: Ticking = {
    now: Date.now(),
    watchers: new Set(),
    subscribe: (watcher) => {
      if (clock.watchers.size === 0) {
        clock.now = Date.now();
        timer = setInterval(() => {
          clock.now = Date.now();
          for (const each of clock.watchers) each();
        }, everySeconds * 1000);
      }
      clock.watchers.add(watcher);
      return () => {
        clock.watchers.delete(watcher);
        if (clock.watchers.size === 0) clearInterval(timer);
      };
    },
  };
  clocks.set(everySeconds, clock);
  return clock;
}

/** The time, read again every few seconds, for what counts down on the page. */
export function useNow(everySeconds = 15): number {
  const clock = clockOf(everySeconds);
  return useSyncExternalStore(clock.subscribe, () => clock.now);
}
