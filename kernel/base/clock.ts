/** Where time comes from. Nothing else asks the machine, so that tests can move five years in a line. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is told. */
export interface MovableClock extends Clock {
  set(to: Date | string): void;
  /** Moves on by a number of seconds. */
  pass(seconds: number): void;
}

export function movableClock(start: Date | string): MovableClock {
  let at = new Date(start).getTime();
  return {
    now: () => new Date(at),
    set: (to) => {
      at = new Date(to).getTime();
    },
    pass: (seconds) => {
      at += seconds * 1000;
    },
  };
}
