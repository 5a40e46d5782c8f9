import { expect, test } from 'vitest';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };
import { ladderDays, ladderWord } from './ladder-word.ts';

const say =
  ({ rent }: typeof zh | typeof en) =>
  (key: string, { days }: { days: number }) =>
    rent.ladder[key.replace('rent.ladder.', '') as 'late'].replace('{days}', String(days));

test('any step of any ladder has its words', () => {
  const words = (step: string) => [ladderWord(step, say(zh)), ladderWord(step, say(en))];
  expect(words('d-5')).toEqual(['到期前 5 天', 'Day 5 before due']);
  expect(words('d0')).toEqual(['到期当天', 'Due day']);
  expect(words('d45')).toEqual(['逾期 45 天', 'Day 45 after due']);
  expect(['d-5', 'd0', 'd180'].map(ladderDays)).toEqual([-5, 0, 180]);
});
