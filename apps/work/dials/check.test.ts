import { clause } from '@keystead/kernel/testing';
import { expect, test } from 'vitest';
import {
  checkTime,
  compare,
  DialTimeWrong,
  DialUnreadable,
  DialWithoutRegister,
  nearest,
  registerOf,
} from './check.ts';

const taken = new Date('2026-06-01T10:00:00Z');
const reading = (time: string, value: unknown, quality = 'good') => ({ time, value, quality });

test(clause('H-6.4-b-1', 'a dial is held against the trusted reading nearest to the photo, before or after it'), () => {
  const readings = [
    reading('2026-06-01T09:00:00.000000Z', 12.1),
    reading('2026-06-01T10:20:00.000123Z', 12.4),
    reading('2026-06-01T10:01:00.000000Z', 99, 'suspect'),
    reading('2026-06-01T10:00:30.000000Z', null),
  ];
  expect(nearest(taken, readings)).toEqual({ time: '2026-06-01T10:20:00.000123Z', value: 12.4 });
  expect(nearest(taken, readings.slice(2))).toBeUndefined();
});

test('one step of the last wheel agrees, more waits for a person, and so does a dial without a register', () => {
  expect(compare('00012.4', 12.3)).toEqual({ lastPlaces: 1, state: 'agrees' });
  expect(compare('00012.4', 12.1)).toEqual({ lastPlaces: 3, state: 'waiting' });
  expect(compare('00012.4', null)).toEqual({ lastPlaces: null, state: 'waiting' });
  expect(compare('00012.4', -1)).toEqual({ lastPlaces: null, state: 'waiting' });
  for (const dial of ['', '12,4', '-3', '1e3', '1234567890123']) expect(() => compare(dial, 1)).toThrow(DialUnreadable);
});

test('a model that counts nothing has no register, one that counts two has the one that is named', () => {
  const counter = (id: string, more = {}) => ({ id, type: 'number', cumulative: true, ...more });
  const model = { family: 'm', properties: [{ id: 'flow', type: 'number' }, counter('volume'), counter('energy')] };
  expect(registerOf(model as never, undefined).id).toBe('volume');
  expect(registerOf(model as never, 'energy').id).toBe('energy');
  expect(() => registerOf(model as never, 'flow')).toThrow(DialWithoutRegister);
  expect(() => registerOf({ family: 'm', properties: [] } as never, undefined)).toThrow(DialWithoutRegister);
});

test('a photo of a time to come, or of a year before last, is refused', () => {
  const at = (days: number) => new Date(taken.getTime() + days * 86_400_000);
  expect(() => checkTime(at(-399), taken)).not.toThrow();
  for (const wrong of [at(1), at(-401), new Date(Number.NaN)])
    expect(() => checkTime(wrong, taken)).toThrow(DialTimeWrong);
});
