import type { Rule, RuleValue } from './queries.ts';

const yuan = (fen: number): string => String(fen / 100);

/** A value as people write it: amounts in yuan, ladders with commas. */
export function writeValue({ value }: RuleValue, rule: Rule): string {
  const numbers = typeof value === 'number' ? [value] : value;
  return numbers.map((each) => (rule.unit === 'fen' ? yuan(each) : String(each))).join(', ');
}

/** What people wrote; undefined when it is none. */
export function readValue(text: string, rule: Rule): number | number[] | undefined {
  const parts = text.split(/[,，、]/).map((part) => part.trim());
  const numbers = parts.map((part) => (part === '' ? Number.NaN : Number(part) * (rule.unit === 'fen' ? 100 : 1)));
  if (numbers.some((each) => !Number.isFinite(each) || each < rule.least || each > rule.most)) return undefined;
  if (rule.ladder)
    return numbers.every((each, at) => at === 0 || each > (numbers[at - 1] ?? each)) ? numbers : undefined;
  return numbers.length === 1 ? numbers[0] : undefined;
}
