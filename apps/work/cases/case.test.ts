import { describe, expect, test } from 'vitest';
import { advance, type CaseState, CaseStepRefused, caseSteps, nextState, stepsFrom } from './case.ts';
import { caseKinds, kindOf } from './kinds.ts';
import { priorityOf } from './priority.ts';
import { requireAssignee, requireForStep, StepIncomplete } from './requirements.ts';

const ground = { state: 'in-progress' as CaseState, assignee: 'me', openItems: 0, evidence: 0 };

describe('the spine', () => {
  test('a repair may go the whole way, step by step', () => {
    const repair = kindOf('repair');
    let state: CaseState = 'new';
    for (const step of ['triage', 'assign', 'accept', 'start', 'wait', 'resume', 'finish', 'confirm', 'close'] as const)
      state = advance(repair, state, step);
    expect(state).toBe('closed');
  });

  test('a change may not skip its judgement, a repair may', () => {
    expect(nextState(kindOf('change'), 'new', 'assign')).toBeUndefined();
    expect(nextState(kindOf('repair'), 'new', 'assign')).toBe('assigned');
  });

  test('a declined case goes back to whoever dispatches: to triaged, or to new where the kind has no triage', () => {
    expect(nextState(kindOf('repair'), 'assigned', 'decline')).toBe('triaged');
    expect(nextState(kindOf('inspection'), 'assigned', 'decline')).toBe('new');
  });

  test('a refused step says which steps are possible', () => {
    try {
      advance(kindOf('change'), 'new', 'finish');
      expect.unreachable();
    } catch (cause) {
      expect(cause).toBeInstanceOf(CaseStepRefused);
      expect((cause as CaseStepRefused).data.possible).toEqual(['triage', 'cancel']);
    }
  });

  test('no step ever leads out of the states a kind has', () => {
    for (const kind of caseKinds)
      for (const state of kind.states)
        for (const step of caseSteps) {
          const to = nextState(kind, state, step);
          if (to) expect(kind.states, `${kind.id}: ${state} ${step}`).toContain(to);
        }
  });

  test('every kind can end from each of its states', () => {
    for (const kind of caseKinds) {
      for (const start of kind.states) {
        const reached = new Set<CaseState>([start]);
        for (const state of reached)
          for (const step of stepsFrom(kind, state)) reached.add(nextState(kind, state, step) ?? state);
        expect(reached.has('closed') || start === 'cancelled', `${kind.id} from ${start}`).toBe(true);
      }
    }
  });
});

describe('what steps ask for', () => {
  test('a repair is not finished without a word, open items ticked off and a photo, all named at once', () => {
    try {
      requireForStep(kindOf('repair'), { ...ground, openItems: 2 }, 'finish', {});
      expect.unreachable();
    } catch (cause) {
      expect((cause as StepIncomplete).errors.map((error) => error.pointer)).toEqual([
        '/note',
        '/checklist',
        '/evidence',
      ]);
    }
  });

  test('waiting names one of the reasons of the kind', () => {
    const wait = (waitingFor?: string) => () => requireForStep(kindOf('repair'), ground, 'wait', { waitingFor });
    expect(wait('parts')).not.toThrow();
    expect(wait()).toThrow(StepIncomplete);
    expect(wait('weather')).toThrow(StepIncomplete);
  });

  test('cancelling, declining, rejecting and reopening are explained, and so is taking begun work away', () => {
    for (const step of ['cancel', 'decline', 'reject', 'reopen'] as const)
      expect(() => requireForStep(kindOf('repair'), ground, step, { reason: '  ' })).toThrow(StepIncomplete);
    expect(() => requireForStep(kindOf('repair'), ground, 'assign', { assignee: 'you' })).toThrow(StepIncomplete);
    expect(() =>
      requireForStep(kindOf('repair'), { ...ground, state: 'new' }, 'assign', { assignee: 'you' }),
    ).not.toThrow();
  });

  test('only the assignee works on a case, or a dispatcher for him', () => {
    expect(() => requireAssignee('start', 'me', { id: 'you', dispatches: false })).toThrow();
    expect(() => requireAssignee('start', 'me', { id: 'you', dispatches: true })).not.toThrow();
    expect(() => requireAssignee('accept', null, { id: 'you', dispatches: false })).not.toThrow();
  });
});

test('priority falls with impact and with urgency', () => {
  expect(priorityOf(1, 1)).toBe(1);
  expect(priorityOf(2, 1)).toBe(2);
  expect(priorityOf(2, 2)).toBe(3);
  expect(priorityOf(3, 3)).toBe(4);
});
