import { addWorkingTime, type CompiledCalendar, workingSecondsBetween } from '@keystead/contracts/calendar';

/**
 * A service clock 时限: working time it has spent, and since when it runs. Only moments are kept, so nothing is lost
 * while the platform is down. ∎ It never runs while paused.
 */
export interface ServiceClock {
  readonly name: 'response' | 'resolution';
  /** Working seconds until the deadline. */
  readonly target: number;
  /** Name of the calendar in which it counts. */
  readonly calendar: string;
  /** Working milliseconds before the present run. */
  readonly spent: number;
  readonly runningSince: Date | null;
  /** When its aim was reached; null while it is not. */
  readonly stoppedAt: Date | null;
  /** When the warning share of the target was used up, and when all of it: as due, not as noticed. */
  readonly warnedAt: Date | null;
  readonly breachedAt: Date | null;
}

export type ClockMark = 'warning' | 'breach';

/** Share of the target after which people are warned. */
export const warningShare = 0.8;

export const newClock = (name: ServiceClock['name'], target: number, calendar: string, at: Date): ServiceClock => ({
  name,
  target,
  calendar,
  spent: 0,
  runningSince: at,
  stoppedAt: null,
  warnedAt: null,
  breachedAt: null,
});

/** Working seconds used up at `at`. */
export function spentAt(clock: ServiceClock, calendar: CompiledCalendar, at: Date): number {
  const run = clock.runningSince ? Math.max(0, workingSecondsBetween(calendar, clock.runningSince, at)) : 0;
  return clock.spent / 1000 + run;
}

function momentOf(clock: ServiceClock, calendar: CompiledCalendar, share: number): Date | null {
  if (!clock.runningSince) return null;
  return addWorkingTime(calendar, clock.runningSince, Math.max(0, clock.target * share - clock.spent / 1000));
}

/** When a running clock will have used up its target; null while it stands. */
export const dueAt = (clock: ServiceClock, calendar: CompiledCalendar): Date | null => momentOf(clock, calendar, 1);

/** When a running clock will have used up its warning share; null while it stands. */
export const warnAt = (clock: ServiceClock, calendar: CompiledCalendar): Date | null =>
  momentOf(clock, calendar, warningShare);

/** Marks a running clock passed by `now`, each once, dated when it was due. */
export function lookAt(
  clock: ServiceClock,
  calendar: CompiledCalendar,
  now: Date,
): { clock: ServiceClock; marks: ClockMark[] } {
  const marks: ClockMark[] = [];
  let { warnedAt, breachedAt } = clock;
  const warn = warnAt(clock, calendar);
  const due = dueAt(clock, calendar);
  if (!warnedAt && warn && warn <= now) {
    warnedAt = warn;
    marks.push('warning');
  }
  if (!breachedAt && due && due <= now) {
    breachedAt = due;
    marks.push('breach');
  }
  return { clock: marks.length > 0 ? { ...clock, warnedAt, breachedAt } : clock, marks };
}

/** Stands still from `at` on; what it used up is kept. A standing clock stays as it is. */
export function pauseClock(clock: ServiceClock, calendar: CompiledCalendar, at: Date): ServiceClock {
  if (!clock.runningSince) return clock;
  return { ...clock, spent: Math.round(spentAt(clock, calendar, at) * 1000), runningSince: null };
}

/** Runs again from `at` on, also after it had reached its aim (a reopened case). */
export function resumeClock(clock: ServiceClock, at: Date): ServiceClock {
  return clock.runningSince ? clock : { ...clock, runningSince: at, stoppedAt: null };
}

/** Its aim is reached at `at`. */
export function stopClock(clock: ServiceClock, calendar: CompiledCalendar, at: Date): ServiceClock {
  return clock.stoppedAt ? clock : { ...pauseClock(clock, calendar, at), stoppedAt: at };
}
