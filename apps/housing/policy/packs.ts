import type { RuleValue, RuleValues } from './pack.ts';

const says = (value: number | readonly number[], source: string): RuleValue => ({ value, source });

/** 部令 11: measures for public rental housing; 合同编: book of contracts of the Civil Code; 本平台: a proposal of ours. */
const decree = (article: number): string => `公租房管理办法（住建部令第11号）第${article}条`;
const own = '平台默认，由城市政策确认';

/** What holds where a city says nothing of its own. */
export const national: RuleValues = {
  'income-limit-per-head': says(6_000_000, own),
  'assets-limit-per-head': says(20_000_000, own),
  'housing-limit-per-head': says(15, own),
  'supplement-days': says(5, own),
  'check-days': says(20, own),
  'publicity-days': says(7, own),
  'objection-days': says(10, own),
  'appeal-filing-days': says(10, own),
  'appeal-answer-days': says(15, decree(9)),
  'eligibility-valid-months': says(12, own),
  'review-interval-months': says(12, own),
  'review-before-days': says(30, own),
  'review-answer-days': says(15, decree(12)),
  'barred-years': says(5, decree(35)),
  'waiting-years': says(5, decree(10)),
  'choice-hold-days': says(7, own),
  'declines-allowed': says(2, own),
  'lease-term-years': says(5, decree(18)),
  'filing-days': says(30, decree(17)),
  'renewal-ahead-months': says(3, decree(30)),
  'idle-months': says(6, decree(27)),
  'crowding-area-per-head': says(5, own),
  'arrears-months': says(6, decree(29)),
  'dunning-days': says([-5, 1, 7, 15, 30, 60, 90, 180], own),
  'late-fee-permyriad-per-day': says(5, own),
  deposit: says(100_000, own),
  'deposit-return-days': says(7, own),
  'misuse-fine-most': says(100_000, decree(36)),
  'refund-confirm-above': says(500_000, own),
  'move-out-months': says(3, own),
  'transition-rent-percent': says(100, decree(31)),
  'inspection-days': says(3, own),
  'settlement-days': says(5, own),
  'key-freeze-days': says([0, 15, 30], own),
  'vacancy-days': says([30, 60, 90], 'T/CABEE 139—2026 第9.1.1条d款2，天数由平台默认，由城市政策确认'),
};

const local = '城市示例：地方实施细则';

/** A stricter city, as an example of one: half the thresholds, rent later at market level. */
export const stricter: RuleValues = {
  ...national,
  'income-limit-per-head': says(4_800_000, local),
  'assets-limit-per-head': says(15_000_000, local),
  'housing-limit-per-head': says(13, local),
  'waiting-years': says(3, local),
  'lease-term-years': says(3, local),
  'filing-days': says(15, local),
  'idle-months': says(3, local),
  'arrears-months': says(3, local),
  'late-fee-permyriad-per-day': says(8, local),
  'refund-confirm-above': says(100_000, local),
  'transition-rent-percent': says(80, local),
  'vacancy-days': says([15, 30, 60], local),
};

/** Packs every organisation begins with: the first in force from the beginning of time, the second as a draft. */
export const shipped = [
  { code: 'national', title: '国家默认政策包', values: national, published: true },
  { code: 'stricter-city', title: '从严城市政策包', values: stricter, published: false },
] as const;
