import {
  aroundTheClock,
  type CompiledCalendar,
  chinaHolidays,
  compileCalendar,
  officeHours,
  type WorkingCalendar,
  workingSecondsBetween,
} from '@keystead/contracts/calendar';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CaseStep, caseSteps, nextState } from './case.ts';
import { dueAt, spentAt } from './clock.ts';
import { begin, type Calendars, type Course, take } from './course.ts';
import { type CaseKind, resolutionRuns } from './kind.ts';
import { caseKinds, kindOf } from './kinds.ts';

function ready(definition: WorkingCalendar): CompiledCalendar {
  const compiled = compileCalendar(definition);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.errors));
  return compiled.calendar;
}
const office = ready({ ...officeHours, ...chinaHolidays(2026) });
const always = ready(aroundTheClock);
const calendars: Calendars = (name) => (name === 'office' ? office : always);

const everything = { items: 0, evidence: 1 };
const input = { reason: 'because', note: 'done', assignee: 'worker' };

interface Move {
  /** Which of the possible steps, counted round. */
  pick: number;
  after: number;
  waitingFor: string;
}

const moves = fc.array(
  fc.record({
    pick: fc.nat({ max: 1000 }),
    after: fc.integer({ min: 0, max: 3 * 86_400 }),
    waitingFor: fc.constantFrom('parts', 'access', 'colleague'),
  }),
  { minLength: 5, maxLength: 40 },
);

const start = new Date('2026-06-01T01:00:00Z');

/** Plays the moves that are possible and tells after each what is true. */
function play(
  kind: CaseKind,
  list: readonly Move[],
  see: (before: Course, after: Course, from: Date, to: Date) => void,
): Course {
  let course = begin(kind.levels[3], start);
  let now = start;
  for (const move of list) {
    const at = new Date(now.getTime() + move.after * 1000);
    const possible: CaseStep[] = caseSteps.filter(
      (step) => step !== 'cancel' && nextState(kind, course.state, step) !== undefined,
    );
    const step = possible[move.pick % possible.length];
    if (!step) break;
    const taken = take(
      kind,
      course,
      step,
      { ...input, waitingFor: move.waitingFor },
      { actor: 'worker', at, open: everything },
      calendars,
    );
    see(course, taken.course, now, at);
    course = taken.course;
    now = at;
  }
  return course;
}

const clockOf = (course: Course, name: string) => {
  const clock = course.clocks.find((each) => each.name === name);
  if (!clock) throw new Error(name);
  return clock;
};

describe('any course of steps', () => {
  test('the resolution clock has used up exactly the working time during which it was to run', () => {
    fc.assert(
      fc.property(fc.constantFrom(...caseKinds), moves, (kind, list) => {
        let expected = 0;
        play(kind, list, (before, after, from, to) => {
          const calendar = calendars(clockOf(before, 'resolution').calendar);
          if (resolutionRuns(kind, before.state, before.waitingFor))
            expected += workingSecondsBetween(calendar, from, to);
          const clock = clockOf(after, 'resolution');
          expect(spentAt(clock, calendar, to)).toBeCloseTo(expected, 2);
          expect(clock.runningSince !== null).toBe(resolutionRuns(kind, after.state, after.waitingFor));
        });
      }),
      { numRuns: 150 },
    );
  });

  test('a clock neither runs nor is due while it is paused or has reached its aim', () => {
    fc.assert(
      fc.property(fc.constantFrom(...caseKinds), moves, (kind, list) => {
        play(kind, list, (_before, after) => {
          for (const clock of after.clocks) {
            if (clock.stoppedAt) expect(clock.runningSince).toBeNull();
            if (!clock.runningSince) expect(dueAt(clock, calendars(clock.calendar))).toBeNull();
          }
        });
      }),
      { numRuns: 100 },
    );
  });

  test('a passed mark is never taken back, and nothing is late that stayed within its time', () => {
    fc.assert(
      fc.property(fc.constantFrom(...caseKinds), moves, (kind, list) => {
        play(kind, list, (before, after, _from, to) => {
          for (const clock of after.clocks) {
            const earlier = clockOf(before, clock.name);
            if (earlier.breachedAt) expect(clock.breachedAt).toEqual(earlier.breachedAt);
            const late = spentAt(clock, calendars(clock.calendar), to) >= clock.target;
            expect(clock.breachedAt !== null).toBe(late);
          }
        });
      }),
      { numRuns: 100 },
    );
  });

  test('writing a course down and reading it again in between changes nothing', () => {
    const reread = (course: Course): Course =>
      JSON.parse(JSON.stringify(course), (_key, value) =>
        typeof value === 'string' && /^\d{4}-.*Z$/.test(value) ? new Date(value) : value,
      );
    fc.assert(
      fc.property(fc.constantFrom(...caseKinds), moves, (kind, list) => {
        play(kind, list, (before, after, _from, to) => {
          for (const clock of reread(after).clocks) {
            const same = clockOf(after, clock.name);
            expect(dueAt(clock, calendars(clock.calendar))).toEqual(dueAt(same, calendars(same.calendar)));
          }
          expect(reread(before).state).toBe(before.state);
          expect(to).toBeInstanceOf(Date);
        });
      }),
      { numRuns: 50 },
    );
  });

  test('who works on it is known in every state of work', () => {
    fc.assert(
      fc.property(fc.constantFrom(...caseKinds), moves, (kind, list) => {
        play(kind, list, (_before, after) => {
          if (['accepted', 'in-progress', 'waiting'].includes(after.state)) expect(after.assignee).toBe('worker');
          expect(after.endedAt !== null).toBe(['closed', 'cancelled'].includes(after.state));
        });
      }),
      { numRuns: 100 },
    );
  });
});

test('a step noticed too late tells the marks it passed', () => {
  const kind = kindOf('device-fault');
  const course = begin(kind.levels[1], start);
  const at = new Date(start.getTime() + 3600 * 1000);
  const { marks } = take(kind, course, 'assign', input, { actor: 'x', at, open: everything }, calendars);
  expect(marks).toEqual([
    { clock: 'response', mark: 'warning' },
    { clock: 'response', mark: 'breach' },
  ]);
});
