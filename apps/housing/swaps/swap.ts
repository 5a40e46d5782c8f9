import type { LastReading } from '@keystead/apps/housing/billing';
import { problem } from '@keystead/contracts/problem';
import type { SwapNotice } from './notice.ts';

/** `free`: into a house that stands ready. `mutual`: two households into each other's. */
export const swapKinds = ['free', 'mutual'] as const;
export type SwapKind = (typeof swapKinds)[number];

export const swapStates = [
  'proposed',
  'requested',
  'approved',
  'scheduled',
  'changing',
  'done',
  'declined',
  'refused',
  'withdrawn',
  'cancelled',
  'lapsed',
] as const;
export type SwapState = (typeof swapStates)[number];

/** The life of a change of houses as data; a process engine can take it over. */
export const swapSteps = {
  agree: { from: ['proposed'], to: 'requested' },
  decline: { from: ['proposed'], to: 'declined' },
  approve: { from: ['requested'], to: 'approved' },
  refuse: { from: ['requested'], to: 'refused' },
  // Every new contract bears both signatures.
  sign: { from: ['approved'], to: 'scheduled' },
  withdraw: { from: ['proposed', 'requested', 'approved'], to: 'withdrawn' },
  cancel: { from: ['proposed', 'requested', 'approved', 'scheduled'], to: 'cancelled' },
  // The day came and somebody had not signed.
  lapse: { from: ['approved'], to: 'lapsed' },
  change: { from: ['scheduled'], to: 'changing' },
  finish: { from: ['changing'], to: 'done' },
} as const satisfies Record<string, { from: readonly SwapState[]; to: SwapState }>;
export type SwapStep = keyof typeof swapSteps;

/** What is done on the day of the change, one transaction each, in this order; a break in between goes on where it stopped. */
export const changeWork = ['contracts', 'bills', 'deposits', 'houses'] as const;
export type ChangeWork = (typeof changeWork)[number];

/** Nothing is expected of anybody any more. */
export const endedStates: readonly SwapState[] = ['done', 'declined', 'refused', 'withdrawn', 'cancelled', 'lapsed'];
export const openStates: readonly SwapState[] = swapStates.filter((state) => !endedStates.includes(state));

/** What one would like, when no house is named. */
export interface SwapWish {
  readonly house?: string;
  readonly layout?: string;
  /** Square metres. */
  readonly areaFrom?: number;
  readonly note?: string;
}

/** One household in it: what it leaves, and where it goes. */
export interface SwapSide {
  readonly number: number;
  readonly household: string;
  readonly name: string;
  readonly lease: string;
  readonly leaseCode: string;
  readonly house: string;
  readonly houseName: string;
  readonly newHouse: string | null;
  readonly newHouseName: string | null;
  readonly newLease: string | null;
  readonly agreedAt: string | null;
  readonly readings: readonly LastReading[] | null;
  /** Deposit that went on with it, minor units. */
  readonly carried: number | null;
}

export interface Swap {
  readonly id: string;
  readonly number: number;
  readonly organisation: string;
  readonly place: string;
  readonly kind: SwapKind;
  readonly state: SwapState;
  readonly reason: string;
  readonly wish: SwapWish;
  readonly changeOn: string | null;
  readonly worked: readonly ChangeWork[];
  /** What people wrote of it. */
  readonly note: string | null;
  /** What the platform says of it. */
  readonly notice: SwapNotice | null;
  readonly openedAt: Date;
  readonly decidedAt: Date | null;
  readonly endedAt: Date | null;
  readonly version: number;
  readonly sides: readonly SwapSide[];
}

export class SwapMissing extends problem('swap-missing', 404) {}
export class SwapStepRefused extends problem('swap-step-refused', 409) {}
/** No lease that runs, the household is leaving, or a change of houses is under way already. */
export class SwapNotPossible extends problem('swap-not-possible', 409) {}
/** A lease already follows the one that is left: it has to be void first, for it is about a house nobody will live in. */
export class SwapRenewalFirst extends problem('swap-renewal-first', 409) {}
/** Something is owed past its day. */
export class SwapArrears extends problem('swap-arrears', 409) {}
/** Nobody who could change houses has a contract of that number. */
export class SwapPartnerMissing extends problem('swap-partner-missing', 404) {}
/** Somebody else was faster, or the house was never free. */
export class SwapHouseTaken extends problem('swap-house-taken', 409) {}
/** The first day in the other house lies ahead and within the lease that runs. */
export class SwapDateRefused extends problem('swap-date-refused', 400) {}
/** Meters of a house that nobody leaves, that are settled already, or that run backwards. */
export class SwapReadingsRefused extends problem('swap-readings-refused', 409) {}

export const swapCode = (number: number): string => `HZ${String(number).padStart(8, '0')}`;

/** Where a step leads. Throws SwapStepRefused. */
export function after(state: SwapState, step: SwapStep): SwapState {
  const { from, to } = swapSteps[step];
  if (!(from as readonly SwapState[]).includes(state)) throw new SwapStepRefused({ state, step });
  return to;
}

/** Steps that lead somewhere from a state. */
export const stepsFrom = (state: SwapState): SwapStep[] =>
  (Object.keys(swapSteps) as SwapStep[]).filter((step) =>
    (swapSteps[step].from as readonly SwapState[]).includes(state),
  );

/** What is left to do on the day of the change. */
export const workLeft = (worked: readonly ChangeWork[]): ChangeWork[] =>
  changeWork.filter((each) => !worked.includes(each));

/** What the new lease still asks for as a deposit when so much is held already; minor units. */
export const depositMissing = (wanted: number, held: number): number => Math.max(0, wanted - held);
