import { clause } from '@keystead/kernel/testing';
import { expect, test } from 'vitest';
import {
  type AlarmState,
  type AlarmStep,
  AlarmStepRefused,
  AlarmStillActive,
  advance,
  find,
  isOpen,
  stepsFrom,
} from './alarm.ts';

const fresh: AlarmState = { condition: 'active', handling: 'new', severity: 2, worstSeverity: 2, occurrences: 1 };

test(clause('H-9.5.1-c-2', 'an alarm goes through acknowledged, handled, verified and closed'), () => {
  let alarm: AlarmState = { ...fresh, condition: 'cleared' };
  for (const step of ['acknowledge', 'handle', 'resolve', 'review', 'close'] as AlarmStep[])
    alarm = { ...alarm, handling: advance(alarm, step) };
  expect(alarm.handling).toBe('closed');
  expect(isOpen(alarm)).toBe(false);
});

test('a step out of order is refused and says what is allowed', () => {
  expect(() => advance(fresh, 'review')).toThrow(AlarmStepRefused);
  expect(stepsFrom(fresh)).toEqual(['acknowledge', 'handle']);
});

test('an alarm whose condition still holds cannot be closed', () => {
  expect(() => advance({ condition: 'active', handling: 'reviewed' }, 'close')).toThrow(AlarmStillActive);
  expect(stepsFrom({ condition: 'active', handling: 'reviewed' })).not.toContain('close');
});

test('a cleared alarm still in hand is open', () => {
  expect(isOpen({ condition: 'cleared', handling: 'handling' })).toBe(true);
});

test('a further finding is an occurrence, a worse one escalates, a milder one de-escalates and the worst is remembered', () => {
  expect(find(fresh, 2)).toMatchObject({ change: 'occurrence', alarm: { occurrences: 2 } });
  const worse = find(fresh, 1);
  expect(worse).toMatchObject({ change: 'escalated', alarm: { severity: 1, worstSeverity: 1 } });
  expect(find(worse.alarm, 3)).toMatchObject({ change: 'deescalated', alarm: { severity: 3, worstSeverity: 1 } });
});

test('a finding after clearing makes the same alarm active again, and finished handling new', () => {
  expect(find({ ...fresh, condition: 'cleared', handling: 'resolved' }, 2)).toMatchObject({
    change: 'reactivated',
    alarm: { condition: 'active', handling: 'new' },
  });
  expect(find({ ...fresh, condition: 'cleared', handling: 'handling' }, 2).alarm.handling).toBe('handling');
});
