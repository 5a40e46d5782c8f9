/** Whether a device answers, and when a silent one is tried again. Times are ms of one monotonic clock. */
export interface Presence {
  state: 'waiting' | 'up' | 'down';
  misses: number;
  /** A device that is not up is not asked before this. */
  nextTry: number;
}

/** The longest wait between two tries, so that a device that is back is seen within ten seconds (I-7.1-d). */
export const longestRest = 8000;
const shortestRest = 500;

export const newPresence = (now: number): Presence => ({ state: 'waiting', misses: 0, nextTry: now });

/** Asked in vain: each time it is left alone twice as long. */
export function missed(presence: Presence, now: number): Presence {
  const misses = presence.misses + 1;
  const rest = Math.min(longestRest, shortestRest * 2 ** Math.min(misses - 1, 10));
  return { state: 'down', misses, nextTry: now + rest };
}

export const answered = (): Presence => ({ state: 'up', misses: 0, nextTry: 0 });

/** Its line broke, or others on it came back: worth asking at once. */
export const hopeful = (presence: Presence, now: number): Presence =>
  presence.state === 'up' ? presence : { ...presence, misses: 0, nextTry: now };

/**
 * Silent devices share what they may cost a line others use: after a try that took `took` ms the next silent one waits
 * four times as long, so a fifth of the line at most is lost to them however many they are.
 */
export const restAfter = (took: number, othersAnswer: boolean): number => (othersAnswer ? took * 4 : 0);
