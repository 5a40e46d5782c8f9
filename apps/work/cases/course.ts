import type { CompiledCalendar } from '@keystead/contracts/calendar';
import { advance, type CaseState, type CaseStep } from './case.ts';
import { type ClockMark, lookAt, newClock, pauseClock, resumeClock, type ServiceClock, stopClock } from './clock.ts';
import { type CaseKind, resolutionRuns, type ServiceLevel } from './kind.ts';
import { requireForStep, type StepInput } from './requirements.ts';

export type Calendars = (name: string) => CompiledCalendar;

/** The part of a case that steps change. */
export interface Course {
  readonly state: CaseState;
  readonly assignee: string | null;
  readonly team: string | null;
  readonly waitingFor: string | null;
  readonly acceptedAt: Date | null;
  readonly doneAt: Date | null;
  readonly endedAt: Date | null;
  readonly clocks: readonly ServiceClock[];
}

export interface Taken {
  readonly course: Course;
  readonly from: CaseState;
  /** Clocks that turned out to be past a mark when the step was taken. */
  readonly marks: readonly { clock: ServiceClock['name']; mark: ClockMark }[];
}

/** A new case of a kind: both clocks run from `at`. */
export function begin(level: ServiceLevel, at: Date): Course {
  return {
    state: 'new',
    assignee: null,
    team: null,
    waitingFor: null,
    acceptedAt: null,
    doneAt: null,
    endedAt: null,
    clocks: [
      newClock('response', level.response, level.calendar, at),
      newClock('resolution', level.resolution, level.calendar, at),
    ],
  };
}

/** A clock under a new service level: what it used up is counted by the old calendar, what comes by the new one. */
export function retarget(clock: ServiceClock, level: ServiceLevel, calendars: Calendars, at: Date): ServiceClock {
  if (clock.stoppedAt) return clock;
  const paused = pauseClock(clock, calendars(clock.calendar), at);
  const next = { ...paused, target: level[clock.name], calendar: level.calendar };
  return clock.runningSince ? resumeClock(next, at) : next;
}

const answered: readonly CaseState[] = ['accepted', 'in-progress', 'done', 'confirmed', 'closed', 'cancelled'];
const over: readonly CaseState[] = ['done', 'confirmed', 'closed', 'cancelled'];

function clockAfter(
  kind: CaseKind,
  clock: ServiceClock,
  state: CaseState,
  waitingFor: string | null,
  calendar: CompiledCalendar,
  at: Date,
): ServiceClock {
  if (clock.name === 'response') return answered.includes(state) ? stopClock(clock, calendar, at) : clock;
  if (over.includes(state)) return stopClock(clock, calendar, at);
  return resolutionRuns(kind, state, waitingFor) ? resumeClock(clock, at) : pauseClock(clock, calendar, at);
}

function holderAfter(course: Course, step: CaseStep, input: StepInput, actor: string) {
  if (step === 'assign') return { assignee: input.assignee ?? null, team: input.team ?? null };
  if (step === 'decline') return { assignee: null, team: course.team };
  if ((step === 'accept' || step === 'start') && course.assignee === null)
    return { assignee: actor, team: course.team };
  return { assignee: course.assignee, team: course.team };
}

/**
 * Takes one step. `open` tells what the case still lacks. Throws CaseStepRefused when the step leads nowhere and
 * StepIncomplete when it asks for more. ∎ The resolution clock runs exactly while the case is worked on or waits for
 * something that is ours.
 */
export function take(
  kind: CaseKind,
  course: Course,
  step: CaseStep,
  input: StepInput,
  by: { actor: string; at: Date; open: { items: number; evidence: number } },
  calendars: Calendars,
): Taken {
  const state = advance(kind, course.state, step);
  requireForStep(
    kind,
    { state: course.state, assignee: course.assignee, openItems: by.open.items, evidence: by.open.evidence },
    step,
    input,
  );
  const waitingFor = state === 'waiting' ? (input.waitingFor ?? null) : null;
  const marks: { clock: ServiceClock['name']; mark: ClockMark }[] = [];
  const clocks = course.clocks.map((clock) => {
    const calendar = calendars(clock.calendar);
    const seen = lookAt(clock, calendar, by.at);
    marks.push(...seen.marks.map((mark) => ({ clock: clock.name, mark })));
    return clockAfter(kind, seen.clock, state, waitingFor, calendar, by.at);
  });
  const isOver = over.includes(state);
  return {
    from: course.state,
    marks,
    course: {
      ...holderAfter(course, step, input, by.actor),
      state,
      waitingFor,
      acceptedAt: course.acceptedAt ?? (answered.includes(state) && state !== 'cancelled' ? by.at : null),
      doneAt: isOver ? (course.doneAt ?? by.at) : null,
      endedAt: state === 'closed' || state === 'cancelled' ? by.at : null,
      clocks,
    },
  };
}
