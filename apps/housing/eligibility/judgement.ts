import type { PolicyInForce } from '@keystead/apps/housing/policy';

/** What a decision goes by. Amounts in fen a year and in all, area in square metres, of the whole household. */
export interface Inputs {
  readonly persons: number;
  readonly income: number;
  readonly assets: number;
  readonly area: number;
}

export interface Judgement {
  readonly eligible: boolean;
  /** Rules that are not met. */
  readonly because: readonly string[];
}

const limits: readonly [rule: string, of: (inputs: Inputs) => number][] = [
  ['income-limit-per-head', ({ income }) => income],
  ['assets-limit-per-head', ({ assets }) => assets],
  ['housing-limit-per-head', ({ area }) => area],
];

/** Is a household of these facts entitled under this policy? A household of nobody is not. */
export function judge(inputs: Inputs, policy: PolicyInForce): Judgement {
  if (inputs.persons < 1) return { eligible: false, because: ['no-members'] };
  const because = limits.filter(([rule, of]) => of(inputs) / inputs.persons > policy.value(rule)).map(([rule]) => rule);
  return { eligible: because.length === 0, because };
}

/** What an authority says of a person: only fields it knows. */
export interface Answer {
  readonly income?: number;
  readonly assets?: number;
  readonly area?: number;
}

/** Declared less than what an authority knows, by more than a hundredth: a conflict people have to look into. */
export const differing = (declared: Answer, said: Answer): string[] =>
  (['income', 'assets', 'area'] as const).filter((field) => {
    const known = said[field];
    return known !== undefined && known - (declared[field] ?? 0) > Math.abs(known) / 100;
  });
