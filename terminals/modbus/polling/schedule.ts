/**
 * The next due time of a series start, start + every, start + 2 × every … that lies after `now`, and after `last`, the
 * due time of the turn before: a timer may fire a little early, and its turn must not come twice. It hangs on the start
 * alone, so a late or slow turn shifts none of the following ones (ms, any one clock).
 */
export function nextDue(start: number, every: number, now: number, last = Number.NEGATIVE_INFINITY): number {
  const after = Math.max(now, last);
  if (after < start) return start;
  return start + (Math.floor((after - start) / every) + 1) * every;
}

/** A start within one interval for the n-th of many, so that they do not all ask at once. */
export function phaseOf(index: number, every: number): number {
  // The golden section spreads any number of devices evenly without knowing how many there will be.
  return ((index * 0.618033988749895) % 1) * every;
}
