/**
 * Pause before the next try in ms: doubled each time up to a minute, and anywhere between half and all of it, so that
 * three thousand devices cut off at one moment do not come back at one moment.
 */
export function pauseBefore(attempt: number, random: () => number, base = 1_000, most = 60_000): number {
  const full = Math.min(most, base * 2 ** Math.min(attempt, 16));
  return Math.round(full * (0.5 + random() / 2));
}
