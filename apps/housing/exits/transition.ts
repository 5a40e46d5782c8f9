import { plusDays } from '@keystead/contracts/calendar';
import { problem } from '@keystead/contracts/problem';
import { type ExitKind, exitKinds } from './kinds.ts';

/** What a household pays for a home it should have left 过渡期租金 (Decree 11, article 31). */
export interface Transition {
  /** First day it is paid for; the removal period before it is paid as the contract says. */
  readonly from: string;
  /** What the home would be let for on the market, a month, minor units. */
  readonly market: number;
  /** So much of it is paid, per cent: `transition-rent-percent` of the policy. */
  readonly percent: number;
  /** A month, minor units. */
  readonly rent: number;
  /** The pack the per cent were taken from. */
  readonly policy: string;
  /** Rent as it was, given back when the household stays after all. */
  readonly before: Readonly<Record<string, unknown>> | null;
}

/** As a page shows it before it came: what would be paid. */
export type TransitionAhead = Pick<Transition, 'from' | 'percent' | 'policy'> & {
  readonly market: number | null;
  readonly rent: number | null;
  /** It is paid, and not only to come. */
  readonly running: boolean;
};

/** The transition within the last account: how far it went, and what was charged for it. */
export type TransitionSettled = Omit<Transition, 'before'> & { readonly to: string; readonly charged: number };

/** Nobody wrote down what the home would be let for on the market: its file says nothing, and nothing is not nought. */
export class MarketRentMissing extends problem('exit-market-rent-missing', 409) {}

/**
 * The first day a household stays beyond what it is given: after the removal period of its kind, during which the rent of the
 * contract holds; where the household sets the day itself, after the end of the contract.
 */
export const transitionFrom = (exit: { kind: ExitKind; leaveBy: string }, lease: { endsOn: string }): string =>
  plusDays(exitKinds[exit.kind].leave === null ? lease.endsOn : exit.leaveBy, 1);

/** A share of the market rent, to the nearest minor unit. */
export const transitionRent = (market: number, percent: number): number => Math.round((market * percent) / 100);
