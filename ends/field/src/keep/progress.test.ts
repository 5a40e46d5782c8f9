import { expect, test } from 'vitest';
import { progressOf, within } from './progress.ts';
import type { Act, Logged, Queued, Task } from './types.ts';

const task: Task = {
  ...{ id: 'case-1', code: 'IN-1', kind: 'inspection', title: '', description: '', state: 'assigned', priority: 3 },
  ...{ open: false, version: 1, deadline: null, trail: [], subjects: [], evidence: 0 },
  items: [{ id: 'item-1', text: '到达', required: true, done: false }],
  round: {
    ...{ id: 'round-1', name: '', at: '', deadline: '', procedure: [], read: [1] },
    points: [
      { text: 'a', photo: false },
      { text: 'b', photo: true, low: 1 },
    ],
  },
};

const text = (act: Act, of = 'case-1') => JSON.stringify({ case: of, act });
const queued = (act: Act, of?: string): Queued => ({
  number: 1,
  text: text(act, of),
  signature: '',
  digest: '',
  photos: [],
});
const logged = (act: Act, outcome: 'done' | 'refused'): Logged => ({
  ...{
    number: 1,
    kind: act.kind,
    caseId: null,
    saidAt: '',
    receivedAt: '',
    marks: [],
    outcome,
    text: text(act),
    seen: true,
  },
});

test('what was said here counts at once, and what was refused or said of another task does not', () => {
  const read: Act = { kind: 'read', round: 'round-1', point: 2, value: 2, photo: 'f' };
  const tick: Act = { kind: 'tick', item: 'item-1' };
  expect(progressOf({ queue: [], log: [] }, task).lacks).toEqual(['points', 'items', 'evidence']);
  expect(progressOf({ queue: [queued(read, 'case-2')], log: [logged(tick, 'refused')] }, task).lacks).toHaveLength(3);
  const now = progressOf({ queue: [queued(read)], log: [logged(tick, 'done')] }, task);
  expect(now).toMatchObject({ lacks: [], evidence: 1, waiting: 1, started: false });
});

test('a refused end leaves the task unfinished', () => {
  const finish: Act = { kind: 'finish', note: '好' };
  expect(progressOf({ queue: [], log: [logged(finish, 'refused')] }, task).finished).toBe(false);
  expect(progressOf({ queue: [queued(finish)], log: [] }, task).finished).toBe(true);
});

test('limits hold up to their last value, and nothing is judged where nothing is measured', () => {
  expect([0.9, 1, 2, 2.1, undefined, Number.NaN].map((value) => within({ low: 1, high: 2 }, value))).toEqual([
    ...[false, true, true, false, false, false],
  ]);
  expect(within({}, 5)).toBeUndefined();
});
