import { dayOf } from '@keystead/contracts/calendar';
import { type FieldError, problem } from '@keystead/contracts/problem';

/** One part of a payment plan 分期: minor units, and the last day it may be paid on, `YYYY-MM-DD`. */
export interface Instalment {
  readonly dueOn: string;
  readonly amount: number;
}

export const planStates = ['running', 'paid-off', 'broken', 'ended'] as const;
export type PlanState = (typeof planStates)[number];

/** A part with how much of it is paid. */
export interface InstalmentView extends Instalment {
  readonly number: number;
  readonly paid: number;
}

export class PaymentPlanMissing extends problem('payment-plan-missing', 404) {}
export class PaymentPlanInvalid extends problem('payment-plan-invalid', 422) {}
/** The lease has a plan that runs. */
export class PaymentPlanStanding extends problem('payment-plan-standing', 409) {}
/** Nothing of the lease is late: there is nothing to pay in parts. */
export class NothingLate extends problem('nothing-late', 409) {}

/** The longest a plan may go on. */
export const longestDays = 730;

/** Throws PaymentPlanInvalid naming every fault: parts rise by day, begin today at the earliest and come to what is late. */
export function checkInstalments(parts: readonly Instalment[], owed: number, today: string): void {
  const errors: FieldError[] = [];
  const first = dayOf(today) ?? 0;
  let before = first - 1;
  for (const [index, { dueOn }] of parts.entries()) {
    const day = dayOf(dueOn);
    if (day === undefined || day <= before || day > first + longestDays)
      errors.push({ pointer: `/instalments/${index}/dueOn`, code: 'order' });
    before = day ?? before;
  }
  const sum = parts.reduce((all, { amount }) => all + amount, 0);
  if (sum !== owed) errors.push({ pointer: '/instalments', code: 'sum', detail: String(owed) });
  if (errors.length > 0) throw new PaymentPlanInvalid({ owed, sum }, errors);
}

/** Money that came in goes on the earliest part first. */
export function spread(parts: readonly Instalment[], paid: number): InstalmentView[] {
  let left = Math.max(0, paid);
  return parts.map((part, index) => {
    const own = Math.min(part.amount, left);
    left -= own;
    return { ...part, number: index + 1, paid: own };
  });
}

/** How a running plan stands on a day: all paid, a part late, or going on. */
export function standingOf(parts: readonly InstalmentView[], today: string): 'running' | 'paid-off' | 'broken' {
  if (parts.every(({ amount, paid }) => paid === amount)) return 'paid-off';
  return parts.some(({ dueOn, amount, paid }) => dueOn < today && paid < amount) ? 'broken' : 'running';
}
