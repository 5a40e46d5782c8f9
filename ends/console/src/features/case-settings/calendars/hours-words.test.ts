import { expect, test } from 'vitest';
import { hoursText, runsOf } from './hours-words.ts';

test('weekdays that follow each other are one stretch', () => {
  expect(runsOf([5, 1, 2, 3, 3])).toEqual([
    [1, 3],
    [5, 5],
  ]);
  const hours = [
    { weekdays: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' },
    { weekdays: [6], from: '09:00', to: '12:00' },
  ];
  expect(hoursText(hours, (day) => `D${day}`)).toBe('D1–D5 09:00–18:00；D6 09:00–12:00');
});
