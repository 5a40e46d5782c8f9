import { DeviceSilent } from '@keystead/terminals/port';
import type { Told } from './readings.ts';

interface Waiting {
  /** Resolves with the value that fits; rejects with `DeviceSilent` at the end of its time. */
  done: Promise<unknown>;
  /** The last value that did not fit. */
  other(): { value: unknown } | undefined;
}

const most = 256;

/** Those who wait for a metric to be told, by who tells it. */
export class Watchers {
  readonly #bySpeaker = new Map<string, Set<(told: Told) => void>>();

  /** `deadline`: ms from now. */
  wait(speaker: string, metric: string, deadline: number, fits: (value: unknown) => boolean = () => true): Waiting {
    const watchers = this.#bySpeaker.get(speaker) ?? new Set();
    this.#bySpeaker.set(speaker, watchers);
    let other: { value: unknown } | undefined;
    const done = new Promise<unknown>((resolve, reject) => {
      if (watchers.size >= most) return reject(new DeviceSilent({ detail: 'too many wait for it' }));
      const end = () => {
        clearTimeout(timer);
        watchers.delete(watcher);
        if (watchers.size === 0) this.#bySpeaker.delete(speaker);
      };
      const watcher = (told: Told) => {
        if (told.metric !== metric) return;
        if (!fits(told.value)) {
          other = { value: told.value };
          return;
        }
        end();
        resolve(told.value);
      };
      const timer = setTimeout(() => {
        end();
        reject(new DeviceSilent({ detail: `${speaker} did not tell ${metric}`.slice(0, 200) }));
      }, deadline);
      watchers.add(watcher);
    });
    return { done, other: () => other };
  }

  tell(speaker: string, told: Told): void {
    for (const watcher of [...(this.#bySpeaker.get(speaker) ?? [])]) watcher(told);
  }
}
