import { problem } from '@keystead/contracts/problem';
import type { ReviewKind, ReviewState } from './course.ts';

export const sourceKinds = [
  'civil-affairs',
  'social-security',
  'police',
  'real-estate',
  'provident-fund',
  'tax',
  'vehicles',
  'market',
] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** What kind of household applies, and waits 保障类别. */
export const applicantCategories = [
  'general',
  'low-income',
  'special-care',
  'new-worker',
  'migrant-worker',
  'resettled',
  'talent',
] as const;
export type ApplicantCategory = (typeof applicantCategories)[number];

/** One review of one household 资格审核. */
export interface Review {
  readonly id: string;
  readonly number: number;
  readonly organisation: string;
  readonly place: string;
  readonly household: string;
  readonly kind: ReviewKind;
  /** What an application is for; `general` of any other review. */
  readonly category: ApplicantCategory;
  readonly state: ReviewState;
  readonly area: number;
  readonly inputs: Buffer | null;
  /** Version of the policy pack the decision went by. */
  readonly policy: string | null;
  readonly because: readonly string[];
  readonly reason: string | null;
  readonly publicityUntil: Date | null;
  readonly appealUntil: Date | null;
  /** By when somebody has to act: the household while papers are asked for, staff otherwise. */
  readonly dueAt: Date | null;
  /** Version of the policy pack the day was set by. */
  readonly duePolicy: string | null;
  readonly remindAt: Date | null;
  readonly escalatedAt: Date | null;
  /** The day a yearly review is for. */
  readonly cycle: string | null;
  readonly lease: string | null;
  readonly openedAt: Date;
  readonly decidedAt: Date | null;
  readonly endedAt: Date | null;
  readonly version: number;
}

export interface InquiryRow {
  readonly id: string;
  readonly application: string;
  readonly person: string;
  readonly source: SourceKind;
  readonly state: 'pending' | 'agrees' | 'conflict' | 'unanswered' | 'waived';
  readonly differs: readonly string[];
  readonly answeredAt: Date | null;
  readonly waivedReason: string | null;
}

export type Status = 'valid' | 'suspended' | 'invalid' | 'barred';

/** What a household is entitled to now 资格状态. */
export interface Standing {
  readonly household: string;
  readonly status: Status;
  readonly application: string;
  readonly validUntil: Date | null;
  readonly lostAt: Date | null;
  readonly moveOutBy: Date | null;
  readonly appealBy: Date | null;
}

export class ReviewMissing extends problem('review-missing', 404) {}
export class ReviewOpen extends problem('review-open', 409) {}
/** Checks wait for an answer, or contradict what was declared. */
export class ChecksOpen extends problem('eligibility-checks-open', 409) {}
/** The facts do not meet the rules; `because` names them. */
export class EligibilityNotMet extends problem('eligibility-not-met', 409) {}
/** Whoever took one stage of a review does not take another. */
export class ReviewerRepeated extends problem('reviewer-repeated', 409) {}
export class AppealLate extends problem('appeal-late', 409) {}
export class InquiryMissing extends problem('inquiry-missing', 404) {}

export const reviewCode = (number: number): string => `ZG${String(number).padStart(8, '0')}`;
