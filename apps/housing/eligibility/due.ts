import type { PolicyInForce } from '@keystead/apps/housing/policy';
import { dayBegins } from '@keystead/contracts/calendar';
import type { ReviewKind, ReviewStep } from './course.ts';
import { workingDaysAfter } from './deadlines.ts';
import type { Review } from './review.ts';

type DueRule = 'supplement-days' | 'check-days' | 'review-answer-days' | 'objection-days' | 'appeal-answer-days';

/** An application is answered within the days of the checks; any other review within its own. */
const answerRule = (kind: ReviewKind): DueRule => (kind === 'initial' ? 'check-days' : 'review-answer-days');

/**
 * By which number of the policy somebody has to act after a step: the household after `ask-supplement`, staff after any
 * other. `null`: nobody has to, the clock ends what has begun; undefined: the day that was set stays.
 */
function dueRuleOf(kind: ReviewKind, step: ReviewStep): DueRule | null | undefined {
  switch (step) {
    case 'ask-supplement':
      return 'supplement-days';
    case 'object':
      return 'objection-days';
    case 'appeal':
      return 'appeal-answer-days';
    case 'publish':
    case 'dismiss-objection':
      return null;
    case 'submit':
    case 'lapse':
      return answerRule(kind);
    case 'accept':
      // A yearly review stays due on its day.
      return kind === 'annual' ? undefined : answerRule(kind);
    default:
      return undefined;
  }
}

/** Working days after which a household that was asked for papers is reminded: when half of them, rounded up, are gone. */
const remindAfter = (days: number): number => Math.ceil(days / 2);

/**
 * By when somebody has to act after a step, by which pack, and when the household is reminded; empty where the step sets no day. A
 * yearly review stays due on the day it is for, as long as that is to come.
 */
export function dueAfter(
  { kind, cycle }: Pick<Review, 'kind' | 'cycle'>,
  step: ReviewStep,
  rules: Pick<PolicyInForce, 'id' | 'value'>,
  at: Date,
): Partial<Pick<Review, 'dueAt' | 'duePolicy' | 'remindAt' | 'escalatedAt'>> {
  const rule = dueRuleOf(kind, step);
  if (rule === undefined) return {};
  const fresh = { remindAt: null, escalatedAt: null };
  if (rule === null) return { ...fresh, dueAt: null, duePolicy: null };
  const days = rules.value(rule);
  const yearly = rule === 'review-answer-days' && cycle !== null ? dayBegins(cycle) : at;
  const dueAt = yearly > at ? yearly : workingDaysAfter(at, days);
  const reminding = rule === 'supplement-days' && remindAfter(days) < days;
  return { ...fresh, dueAt, duePolicy: rules.id, remindAt: reminding ? workingDaysAfter(at, remindAfter(days)) : null };
}
