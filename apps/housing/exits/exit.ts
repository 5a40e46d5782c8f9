import type { LastReading } from '@keystead/apps/housing/billing';
import type { HandlingFilter, StepTaken } from '@keystead/apps/housing/handling';
import { InputInvalid, problem } from '@keystead/contracts/problem';
import type { ExitKind, ViolationGround } from './kinds.ts';
import type { Transition, TransitionSettled } from './transition.ts';

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
  /** Meters, at the last bill and now. */
  readonly usages: readonly LastReading[];
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
  /** Rent of days beyond the one to leave by. */
  readonly transition?: boolean;
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
  /** Absent when the household was out in time. */
  readonly transition?: TransitionSettled;
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
  /** Which violation, and what an officer found where facts do not say it. */
  readonly ground: ViolationGround | null;
  readonly finding: string | null;
  /** The pack of the policy its days were set by; null in exits from before it was kept. */
  readonly policy: string | null;
  /** What is paid for days beyond the one to leave by; null while there are none. */
  readonly transition: Transition | null;
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
/** Rent is not owed for as many months in all as the policy asks before a household has to leave for it. */
export class ExitArrearsShort extends problem('exit-arrears-short', 409) {}

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
