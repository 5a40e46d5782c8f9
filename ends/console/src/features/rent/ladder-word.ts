type Say = (key: string, values: { days: number }) => string;

/** Days of a step of the ladder after the day it was due: `d7` is seven days late, `d-5` five days ahead, `d0` the day itself. */
export const ladderDays = (step: string): number => Number(step.slice(1));

/** A step in words, whichever days a city writes. */
export function ladderWord(step: string, t: Say): string {
  const days = ladderDays(step);
  const when = days > 0 ? 'late' : days < 0 ? 'ahead' : 'day';
  return t(`rent.ladder.${when}`, { days: Math.abs(days) });
}
