import type { ApplicantCategory } from '@keystead/apps/housing/eligibility';
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
  readonly category: ApplicantCategory;
  readonly priority: number;
  readonly score: number;
  readonly since: Date;
  readonly until: Date;
  readonly state: EntryState;
  readonly declines: number;
  /** Code of the decision about the household that ended it 处理决定; null for any other end. */
  readonly endedBy: string | null;
  readonly version: number;
}

/** As the list shows it: with its name and, while it waits, its position within the reader's reach. */
export interface EntryLine extends Entry {
  readonly position: number | null;
  readonly householdName: string;
}

export interface EntryFilter {
  readonly state?: EntryState | undefined;
  readonly category?: ApplicantCategory | undefined;
  /** Code or a part of the name of the household. */
  readonly text?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

export const planStates = ['draft', 'open', 'committed', 'choosing', 'closed'] as const;
export type PlanState = (typeof planStates)[number];

/** Houses to be given out, and how they are 配租方案. */
export interface Plan {
  readonly id: string;
  readonly number: number;
  readonly organisation: string;
  readonly place: string;
  readonly placeName: string | null;
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
  readonly committedAt: Date | null;
  /** Houses of the plan, those that are taken, and households that said that they want one. */
  readonly houses: number;
  readonly taken: number;
  readonly intents: number;
  readonly version: number;
}

export interface PlanHouse {
  readonly house: string;
  readonly name: string | null;
  readonly attributes: Readonly<Record<string, unknown>> | null;
  readonly takenBy: string | null;
}

/** `ended`: with the place of its household on the list. */
export const intentStates = ['intended', 'chosen', 'declined', 'ended'] as const;
export type IntentState = (typeof intentStates)[number];

export interface Intent {
  readonly plan: string;
  readonly entry: string;
  readonly number: number;
  readonly household: string;
  readonly rank: number | null;
  readonly slotFrom: Date | null;
  readonly passedAt: Date | null;
  readonly state: IntentState;
  readonly house: string | null;
  readonly process: string | null;
}

/** With what its rank came from. */
export interface IntentLine extends Intent {
  readonly householdName: string;
  readonly category: ApplicantCategory;
  readonly priority: number;
  readonly score: number;
  readonly since: Date;
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
