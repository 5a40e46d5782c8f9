import { aroundTheClock, type CompiledCalendar, compileCalendar, officeHours } from '@keystead/contracts/calendar';
import { expect, test } from 'vitest';
import { dueAt, lookAt, newClock, pauseClock, resumeClock, spentAt, stopClock, warnAt } from './clock.ts';

function ready(definition: typeof officeHours): CompiledCalendar {
  const compiled = compileCalendar(definition);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.errors));
  return compiled.calendar;
}
const office = ready(officeHours);
const always = ready(aroundTheClock);
const at = (text: string) => new Date(`${text}:00+08:00`);

test('a clock of four hours begun on Friday afternoon is due on Monday', () => {
  const clock = newClock('resolution', 4 * 3600, 'office', at('2026-06-05T16:00'));
  expect(dueAt(clock, office)).toEqual(at('2026-06-08T11:00'));
  expect(warnAt(clock, office)).toEqual(at('2026-06-08T10:12'));
});

test('a pause moves the deadline by exactly the paused working time', () => {
  const begun = newClock('resolution', 4 * 3600, 'office', at('2026-06-01T09:00'));
  const paused = pauseClock(begun, office, at('2026-06-01T10:30'));
  expect(dueAt(paused, office)).toBeNull();
  expect(spentAt(paused, office, at('2026-06-03T09:00'))).toBe(5400);
  expect(dueAt(resumeClock(paused, at('2026-06-03T09:00')), office)).toEqual(at('2026-06-03T11:30'));
});

test('a mark is given once and dated when it was due, however late it is noticed', () => {
  const begun = newClock('response', 3600, 'always', at('2026-06-01T09:00'));
  const first = lookAt(begun, always, at('2026-06-01T09:48'));
  expect(first.marks).toEqual(['warning']);
  const later = lookAt(first.clock, always, at('2026-06-02T09:00'));
  expect(later.marks).toEqual(['breach']);
  expect(later.clock.breachedAt).toEqual(at('2026-06-01T10:00'));
  expect(lookAt(later.clock, always, at('2026-06-03T09:00')).marks).toEqual([]);
});

test('a clock that reached its aim passes no more marks, and a reopened one goes on from where it stood', () => {
  const begun = newClock('resolution', 3600, 'always', at('2026-06-01T09:00'));
  const stopped = stopClock(begun, always, at('2026-06-01T09:30'));
  expect(lookAt(stopped, always, at('2026-06-09T09:00')).marks).toEqual([]);
  const again = resumeClock(stopped, at('2026-06-02T12:00'));
  expect(again.stoppedAt).toBeNull();
  expect(dueAt(again, always)).toEqual(at('2026-06-02T12:30'));
});
