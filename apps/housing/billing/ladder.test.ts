import { expect, test } from 'vitest';
import { noticeText, standardLadder, stepsDue } from './ladder.ts';

const due = (today: string, ...taken: string[]) => {
  const { take, skip } = stepsDue(standardLadder, '2026-06-10', today, new Set(taken));
  return [take?.name, skip.map(({ name }) => name)];
};

test('the ladder rises day by day, each step once', () => {
  expect(due('2026-06-10')).toEqual([undefined, []]);
  expect(due('2026-06-11')).toEqual(['d1', []]);
  expect(due('2026-06-12', 'd1')).toEqual([undefined, []]);
  expect(due('2026-06-17', 'd1')).toEqual(['d7', []]);
});

test('steps passed while nobody looked are skipped, the one it stands on is taken', () => {
  expect(due('2026-07-12')).toEqual(['d30', ['d1', 'd7', 'd15']]);
  expect(due('2026-07-12', 'd1', 'd30')).toEqual([undefined, []]);
});

test('the text says what, since when and how much', () => {
  const text = noticeText({ code: 'ZL-2026-000001', name: '租金', since: '2026-06-10', amount: 60_005, days: 7 });
  expect(text).toContain('租金自 2026-06-10 起逾期 7 天，尚欠 600.05 元');
});
