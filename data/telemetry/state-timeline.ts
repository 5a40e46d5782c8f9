/** A stretch of time in one state. `state` is undefined where nothing is known. µs since 1970, [from, to). */
export interface Stretch {
  from: number;
  to: number;
  state: number | undefined;
}

export interface StateReading {
  time: number;
  /** Position of the state, or NaN for none. */
  value: number;
}

/**
 * States over [from, to) from readings and signs of life, both ascending. A state lasts until the next reading, but
 * nothing is known from the moment the thing has been silent for `patience` µs until it speaks again.
 * The stretches follow each other without a hole, so their shares sum to the whole (I-5.2.2.1-a).
 */
export function timelineOf(
  from: number,
  to: number,
  readings: readonly StateReading[],
  contacts: readonly number[],
  patience: number,
): Stretch[] {
  const found: Stretch[] = [];
  const put = (start: number, end: number, state: number | undefined): void => {
    const begin = Math.max(start, from);
    const stop = Math.min(end, to);
    if (begin >= stop) return;
    const last = found.at(-1);
    if (last && last.state === state && last.to === begin) last.to = stop;
    else found.push({ from: begin, to: stop, state });
  };
  let cursor = from;
  let state: number | undefined;
  let heard = Number.NEGATIVE_INFINITY;
  /** Fills up to `until`: the state as long as the thing was heard, then nothing known. */
  const fill = (until: number): void => {
    const known = state === undefined ? cursor : Math.max(cursor, Math.min(until, heard + patience));
    put(cursor, known, state);
    put(known, until, undefined);
    cursor = Math.max(cursor, until);
  };
  let c = 0;
  const hear = (until: number): void => {
    for (let next = contacts[c]; next !== undefined && next <= until; next = contacts[++c]) {
      // Silence longer than the patience ends at the word that breaks it: the state before it holds no more.
      if (next - heard > patience && state !== undefined) {
        fill(Math.max(next, from));
        state = undefined;
      }
      heard = next;
    }
  };
  for (const { time, value } of readings) {
    hear(time - 1);
    fill(Math.max(time, from));
    state = Number.isNaN(value) ? undefined : value;
    heard = Math.max(heard, time);
  }
  hear(to - 1);
  fill(to);
  return found;
}

export interface Share {
  state: number | undefined;
  /** µs in the state. */
  time: number;
  /** Of the whole, 0 to 1. */
  share: number;
}

/** How long each state lasted, longest first. */
export function sharesOf(stretches: readonly Stretch[]): Share[] {
  const times = new Map<number | undefined, number>();
  let whole = 0;
  for (const { from, to, state } of stretches) {
    times.set(state, (times.get(state) ?? 0) + to - from);
    whole += to - from;
  }
  return [...times]
    .map(([state, time]) => ({ state, time, share: whole === 0 ? 0 : time / whole }))
    .sort((a, b) => b.time - a.time);
}
