/** What a rule of a policy pack 政策包 says: a number of something, amounts in fen, or a ladder of such numbers. */
export type RuleUnit =
  | 'years'
  | 'months'
  | 'days'
  | 'working-days'
  | 'fen'
  | 'percent'
  | 'permyriad'
  | 'times'
  | 'square-metres'
  | 'persons';

export interface RuleSpec {
  readonly id: string;
  readonly group: 'eligibility' | 'allocation' | 'lease' | 'money' | 'exit' | 'keys' | 'stock';
  readonly unit: RuleUnit;
  /** A ladder has several values, rising. */
  readonly ladder?: true;
  /** How many values the ladder has, when that is not free. */
  readonly steps?: number;
  readonly least: number;
  readonly most: number;
}

const rule = (
  id: string,
  group: RuleSpec['group'],
  unit: RuleUnit,
  most: number,
  more: { ladder?: true; steps?: number; least?: number } = {},
): RuleSpec => ({
  id,
  group,
  unit,
  least: more.least ?? 0,
  most,
  ...(more.ladder ? { ladder: true } : {}),
  ...(more.steps ? { steps: more.steps } : {}),
});

/** Every number decisions go by. A new number is a line here and in both packs, never a constant in code. */
export const rules: readonly RuleSpec[] = [
  rule('income-limit-per-head', 'eligibility', 'fen', 1e12),
  rule('assets-limit-per-head', 'eligibility', 'fen', 1e13),
  rule('housing-limit-per-head', 'eligibility', 'square-metres', 1000),
  rule('supplement-days', 'eligibility', 'working-days', 60, { least: 1 }),
  rule('check-days', 'eligibility', 'working-days', 90, { least: 1 }),
  rule('publicity-days', 'eligibility', 'working-days', 60, { least: 1 }),
  rule('objection-days', 'eligibility', 'working-days', 60, { least: 1 }),
  rule('appeal-filing-days', 'eligibility', 'working-days', 60, { least: 1 }),
  rule('appeal-answer-days', 'eligibility', 'working-days', 60, { least: 1 }),
  rule('eligibility-valid-months', 'eligibility', 'months', 60, { least: 1 }),
  rule('review-interval-months', 'eligibility', 'months', 60, { least: 1 }),
  rule('review-before-days', 'eligibility', 'days', 180, { least: 1 }),
  rule('review-answer-days', 'eligibility', 'working-days', 60, { least: 1 }),
  rule('barred-years', 'eligibility', 'years', 20),
  rule('waiting-years', 'allocation', 'years', 20, { least: 1 }),
  rule('choice-hold-days', 'allocation', 'days', 90, { least: 1 }),
  rule('declines-allowed', 'allocation', 'times', 10),
  rule('lease-term-years', 'lease', 'years', 20, { least: 1 }),
  rule('filing-days', 'lease', 'days', 180, { least: 1 }),
  rule('renewal-ahead-months', 'lease', 'months', 12, { least: 1 }),
  rule('idle-months', 'lease', 'months', 24, { least: 1 }),
  rule('crowding-area-per-head', 'lease', 'square-metres', 100),
  rule('arrears-months', 'money', 'months', 24, { least: 1 }),
  rule('dunning-days', 'money', 'days', 365, { ladder: true, least: -60 }),
  rule('late-fee-permyriad-per-day', 'money', 'permyriad', 1000),
  rule('deposit', 'money', 'fen', 1e9),
  rule('deposit-return-days', 'money', 'working-days', 60, { least: 1 }),
  rule('misuse-fine-most', 'money', 'fen', 1e9),
  rule('refund-confirm-above', 'money', 'fen', 1e12),
  rule('move-out-months', 'exit', 'months', 24, { least: 1 }),
  rule('transition-rent-percent', 'exit', 'percent', 300),
  rule('inspection-days', 'exit', 'working-days', 60, { least: 1 }),
  rule('settlement-days', 'exit', 'working-days', 60, { least: 1 }),
  rule('key-freeze-days', 'keys', 'days', 365, { ladder: true }),
  rule('vacancy-days', 'stock', 'days', 3650, { ladder: true, steps: 3, least: 1 }),
];

export type RuleId = string;
export const ruleSpecs: ReadonlyMap<RuleId, RuleSpec> = new Map(rules.map((each) => [each.id, each]));
