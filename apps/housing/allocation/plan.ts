import { problem } from '@keystead/contracts/problem';
import type { Commitment, PublishedDraw, Ranking } from './draw.ts';

export const entryStates = ['waiting', 'choosing', 'allocated', 'expired', 'cancelled'] as const;
export type EntryState = (typeof entryStates)[number];

/** A place on the waiting list 轮候. */
export interface Entry {
  readonly id: string;
  readonly number: number;
  readonly organisation: string;
  readonly place: string;
  readonly household: string;
  readonly priority: number;
  readonly score: number;
  readonly since: Date;
  readonly until: Date;
  readonly state: EntryState;
  readonly declines: number;
  readonly version: number;
}

export const planStates = ['draft', 'open', 'committed', 'choosing', 'closed'] as const;
export type PlanState = (typeof planStates)[number];

/** Houses to be given out, and how they are 配租方案. */
export interface Plan {
  readonly id: string;
  readonly number: number;
  readonly organisation: string;
  readonly place: string;
  readonly name: string;
  readonly ranking: Ranking;
  readonly state: PlanState;
  readonly intentUntil: Date;
  readonly choosingFrom: Date | null;
  readonly slotMinutes: number;
  readonly seed: string | null;
  readonly committed: Commitment | null;
  readonly drawn: PublishedDraw | null;
  readonly drawnAt: Date | null;
  readonly madeAt: Date;
  readonly version: number;
}

export interface Intent {
  readonly plan: string;
  readonly entry: string;
  readonly number: number;
  readonly household: string;
  readonly rank: number | null;
  readonly slotFrom: Date | null;
  readonly state: 'intended' | 'chosen' | 'declined';
  readonly house: string | null;
  readonly process: string | null;
}

export class EntryMissing extends problem('waiting-entry-missing', 404) {}
export class EntryNotWaiting extends problem('waiting-entry-not-waiting', 409) {}
export class PlanMissing extends problem('allocation-plan-missing', 404) {}
/** The plan is not where this could be done. */
export class PlanStepRefused extends problem('allocation-plan-step-refused', 409) {}
/** A house of the plan is not free to be given out. */
export class HouseNotFree extends problem('house-not-free', 409) {}
/** Somebody was faster: the house is gone. */
export class HouseTaken extends problem('house-taken', 409) {}
/** The time of this household to choose has not come. */
export class SlotNotOpen extends problem('choosing-slot-not-open', 409) {}
export class IntentMissing extends problem('allocation-intent-missing', 404) {}

export const entryCode = (number: number): string => `LH${String(number).padStart(8, '0')}`;
export const planCode = (number: number): string => `PZ${String(number).padStart(6, '0')}`;

/** When the household of a rank may begin to choose. */
export const slotOf = (from: Date, minutes: number, rank: number): Date =>
  new Date(from.getTime() + (rank - 1) * minutes * 60_000);
