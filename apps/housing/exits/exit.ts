import type { HandlingFilter, StepTaken } from '@keystead/apps/housing/handling';
import { InputInvalid, problem } from '@keystead/contracts/problem';

/** Ten kinds of exit 退出 as data: how long a household has to leave, by which rule of the policy. */
export const exitKinds = {
  voluntary: { leave: null },
  expiry: { leave: null },
  transfer: { leave: null },
  ineligible: { leave: { rule: 'move-out-months', unit: 'months' } },
  acquired: { leave: { rule: 'move-out-months', unit: 'months' } },
  relocation: { leave: { rule: 'move-out-months', unit: 'months' } },
  death: { leave: { rule: 'move-out-months', unit: 'months' } },
  arrears: { leave: { rule: 'appeal-answer-days', unit: 'working-days' } },
  violation: { leave: { rule: 'appeal-filing-days', unit: 'working-days' } },
  fraud: { leave: { rule: 'appeal-filing-days', unit: 'working-days' } },
} as const satisfies Record<string, { leave: { rule: string; unit: 'months' | 'working-days' } | null }>;

export type ExitKind = keyof typeof exitKinds;
export const exitKindNames = Object.keys(exitKinds) as ExitKind[];

export const exitStates = [
  'initiated',
  'accepted',
  'inspected',
  'settled',
  'handed-over',
  'reported',
  'cancelled',
] as const;
export type ExitState = (typeof exitStates)[number];

export const exitSteps = {
  accept: { from: ['initiated'], to: 'accepted' },
  inspect: { from: ['accepted'], to: 'inspected' },
  settle: { from: ['inspected'], to: 'settled' },
  'hand-over': { from: ['settled'], to: 'handed-over' },
  report: { from: ['handed-over'], to: 'reported' },
  cancel: { from: ['initiated', 'accepted'], to: 'cancelled' },
} as const satisfies Record<string, { from: readonly ExitState[]; to: ExitState }>;
export type ExitStep = keyof typeof exitSteps;

/** What was found when the house was looked at. */
export interface Inspection {
  readonly lastDay: string;
  /** Meters: readings in thousandths of the unit, at the last bill and now. */
  readonly usages: readonly { subject: string; begin: number; end: number }[];
  readonly damages: readonly { text: string; amount: number }[];
  readonly photos: readonly string[];
  readonly note: string;
}

/** One line of the last account, minor units: what was charged, and what was paid or waived of it before the deposit. */
export interface SettlementLine {
  readonly subject: string;
  readonly period: string;
  readonly amount: number;
  readonly settled: number;
}

/** The last account of a lease, minor units: what it owed, what the deposit took, what goes back, what stays open. */
export interface Settlement {
  /** Of the last month and whatever was open before it; absent in accounts from before lines were kept. */
  readonly lines?: readonly SettlementLine[];
  /** Paid ahead, before the deposit was put to it. */
  readonly prepaid?: number;
  readonly damages: number;
  readonly deposit: number;
  readonly refunded: number;
  readonly owed: number;
  readonly channel: string;
}

export interface Exit {
  readonly id: string;
  readonly number: number;
  readonly organisation: string;
  readonly place: string;
  readonly household: string;
  readonly householdName: string;
  readonly lease: string;
  readonly leaseCode: string;
  readonly house: string;
  readonly kind: ExitKind;
  readonly state: ExitState;
  readonly reason: string;
  readonly source: 'tenant' | 'staff' | 'platform';
  readonly leaveBy: string;
  readonly openedAt: Date;
  readonly inspectBy: Date;
  readonly settleBy: Date;
  readonly depositBy: Date;
  readonly endedAt: Date | null;
  readonly inspection: Inspection | null;
  readonly settlement: Settlement | null;
  readonly handover: string | null;
  readonly escalated: string | null;
  readonly ack: string | null;
  readonly ackedAt: Date | null;
  /** When the household said that the last account is right. */
  readonly confirmedAt: Date | null;
  readonly version: number;
}

/** As the list shows it: its house by name, its lease as it stands. */
export interface ExitLine extends Exit {
  readonly houseName: string | null;
  readonly leaseState: string | null;
  /** Why the last report upward did not arrive. */
  readonly reportFailure: string | null;
}

/** `on`: those who are to be out that day; `text`: the code of the lease too. */
export interface ExitFilter extends HandlingFilter<ExitState> {
  readonly kind?: ExitKind | undefined;
  /** Those of which a day has passed at this instant. */
  readonly lateAt?: Date | undefined;
}
export type ExitStepTaken = StepTaken<ExitState>;

export class ExitMissing extends problem('exit-missing', 404) {}
export class ExitStepRefused extends problem('exit-step-refused', 409) {}
/** The lease does not run, or its household is leaving already. */
export class ExitNotOpen extends problem('exit-not-possible', 409) {}

/**
 * What was found has to be possible: a last day between the two, dials that do not run backwards. Throws InputInvalid with a pointer at each.
 */
export function checkInspection(found: Inspection, [first, last]: readonly [first: string, last: string]): void {
  const errors = [
    ...(found.lastDay < first || found.lastDay > last ? [{ pointer: '/lastDay', code: 'out-of-range' }] : []),
    ...found.usages.flatMap(({ begin, end }, at) =>
      end < begin ? [{ pointer: `/usages/${at}/end`, code: 'order' }] : [],
    ),
  ];
  if (errors.length > 0) throw new InputInvalid({ in: 'body', first, last }, errors);
}

export const exitCode = (number: number): string => `TZ${String(number).padStart(8, '0')}`;

/** Where a step leads. Throws ExitStepRefused. */
export function after(state: ExitState, step: ExitStep): ExitState {
  const { from, to } = exitSteps[step];
  if (!(from as readonly ExitState[]).includes(state)) throw new ExitStepRefused({ state, step });
  return to;
}

/** The stage whose day has passed. */
export function lateStage(
  exit: Pick<Exit, 'state' | 'inspectBy' | 'settleBy' | 'depositBy'>,
  now: Date,
): string | undefined {
  if (exit.state === 'initiated' || exit.state === 'accepted') return exit.inspectBy < now ? 'inspection' : undefined;
  if (exit.state === 'inspected') return exit.settleBy < now ? 'settlement' : undefined;
  return undefined;
}
