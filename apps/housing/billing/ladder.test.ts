import { expect, test } from 'vitest';
import { noticeText, stepAt, stepsDue } from './ladder.ts';

const ladder = [-5, 1, 7, 15, 30, 60, 90, 180].map(stepAt);
const on = (steps: typeof ladder, today: string, ...taken: string[]) => {
  const { take, skip } = stepsDue(steps, '2026-06-10', today, new Set(taken));
  return [take?.name, skip.map(({ name }) => name)];
};
const due = (today: string, ...taken: string[]) => on(ladder, today, ...taken);

test('whichever days a city writes, how late a step is says how it is said and who is warned', () => {
  const manner = (after: number) => {
    const { channel, warn } = stepAt(after);
    return `${channel}${warn ?? ''}`;
  };
  expect([-30, -1, 0, 1, 7].map(manner)).toEqual(['text', 'text', 'text', 'text', 'text']);
  expect([8, 15, 20, 29].map(manner)).toEqual(['call4', 'call4', 'call4', 'call4']);
  expect([30, 45, 60, 89, 90, 179, 180, 365].map(manner)).toEqual([
    ...['letter4', 'letter4', 'talk3', 'talk3', 'letter3', 'letter3', 'letter2', 'letter2'],
  ]);
});

test('the ladder rises day by day, each step once', () => {
  expect(due('2026-06-10', 'd-5')).toEqual([undefined, []]);
  expect(due('2026-06-11', 'd-5')).toEqual(['d1', []]);
  expect(due('2026-06-12', 'd1')).toEqual([undefined, []]);
  expect(due('2026-06-17', 'd1')).toEqual(['d7', []]);
});

test('what will be due is said ahead, on the day at the latest, and never once it is late', () => {
  expect(due('2026-06-04')).toEqual([undefined, []]);
  expect(due('2026-06-05')).toEqual(['d-5', []]);
  expect(due('2026-06-10')).toEqual(['d-5', []]);
  expect(due('2026-06-10', 'd-5')).toEqual([undefined, []]);
  expect(due('2026-06-11')).toEqual(['d1', []]);
  const late = [-5, 0, 3].map(stepAt);
  expect([on(late, '2026-06-10', 'd-5'), on(late, '2026-06-11'), on(late, '2026-06-13')]).toEqual([
    ...[
      ['d0', []],
      [undefined, []],
      ['d3', []],
    ],
  ]);
});

test('steps passed while nobody looked are skipped, the one it stands on is taken', () => {
  expect(due('2026-07-12')).toEqual(['d30', ['d1', 'd7', 'd15']]);
  expect(due('2026-07-12', 'd1', 'd30')).toEqual([undefined, []]);
});

test('a ladder that changed meanwhile leads on from where the fee stands, and not back down', () => {
  const other = [1, 10, 14, 40].map(stepAt);
  expect(on(other, '2026-06-26', 'd1', 'd7', 'd15')).toEqual([undefined, []]);
  expect(on(other, '2026-07-20', 'd1', 'd7', 'd15')).toEqual(['d40', []]);
  expect(on(other, '2026-06-24', 'd1', 'd7')).toEqual(['d14', ['d10']]);
});

test('the text says what, since when and how much; before the day that it will be due', () => {
  const rent = { code: 'ZL-2026-000001', name: '租金', since: '2026-06-10', amount: 60_005 };
  expect(noticeText({ ...rent, days: 7 })).toContain('租金自 2026-06-10 起逾期 7 天，尚欠 600.05 元');
  expect(noticeText({ ...rent, days: -5 })).toContain('租金 600.05 元将于 2026-06-10（5 天后）到期');
  expect(noticeText({ ...rent, days: 0 })).toContain('租金 600.05 元将于 2026-06-10（今天）到期');
  expect(noticeText({ ...rent, days: 0 })).not.toMatch(/逾期|尚欠/);
});
