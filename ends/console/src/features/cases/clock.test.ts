import { expect, test } from 'vitest';
import { clockStanding, standingOf } from './clock.ts';

const at = (minutes: number) => minutes * 60_000;
const iso = (minutes: number) => new Date(at(minutes)).toISOString();

test('a deadline is near in the last fifth of its time and late from the deadline on', () => {
  expect(standingOf(at(100), 0, at(79))).toEqual({ need: 'fine', seconds: 21 * 60 });
  expect(standingOf(at(100), 0, at(81))).toEqual({ need: 'soon', seconds: 19 * 60 });
  expect(standingOf(at(100), 0, at(100))).toEqual({ need: 'late', seconds: 0 });
});

test('a clock that reached its aim says whether it did so in time', () => {
  const clock = { target: 3600, running: false, stoppedAt: iso(5) };
  expect(clockStanding(clock, at(9))).toEqual({ need: 'kept' });
  expect(clockStanding({ ...clock, breachedAt: iso(4) }, at(9))).toEqual({ need: 'broken' });
});

test('a standing clock is paused, a running one is near from the moment the server warns', () => {
  expect(clockStanding({ target: 3600, running: false }, at(9))).toEqual({ need: 'paused' });
  const clock = { target: 3600, running: true, warnAt: iso(48), dueAt: iso(60) };
  expect(clockStanding(clock, at(47))).toEqual({ need: 'fine', seconds: 13 * 60 });
  expect(clockStanding(clock, at(48))).toEqual({ need: 'soon', seconds: 12 * 60 });
  expect(clockStanding(clock, at(61))).toEqual({ need: 'late', seconds: 60 });
});
