import { problem } from '@keystead/contracts/problem';

export const markKinds = ['very-old', 'seriously-ill', 'severely-disabled'] as const;
export type MarkKind = (typeof markKinds)[number];

export const changeKinds = ['income', 'members', 'housing'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** How a file came about. */
export const openings = ['register', 'application', 'check-in'] as const;
export type Opening = (typeof openings)[number];

/** The file of one household 一户一档. `household` is its party. */
export interface HouseholdFile {
  readonly number: number;
  readonly household: string;
  readonly organisation: string;
  readonly place: string;
  readonly tags: readonly string[];
  readonly openedBy: Opening;
  readonly openedAt: Date;
  readonly version: number;
}

/** Somebody who needs care, from when until when, and who says so. */
export interface Mark {
  readonly id: string;
  readonly household: string;
  readonly person: string;
  readonly kind: MarkKind;
  readonly source: string;
  readonly evidence: string | null;
  /** Local dates; `validTo` null = until somebody ends it. */
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly endedAt: Date | null;
}

export type ChangeState = 'submitted' | 'approved' | 'refused' | 'withdrawn';

export interface HouseholdChange {
  readonly id: string;
  readonly organisation: string;
  readonly place: string;
  readonly household: string;
  /** Of the household's file. */
  readonly fileNumber: number;
  readonly party: string;
  readonly kind: ChangeKind;
  readonly proposal: string;
  readonly evidence: readonly string[];
  readonly note: string;
  readonly state: ChangeState;
  readonly caseId: string;
  readonly caseCode: string;
  readonly submittedAt: Date;
  readonly submittedBy: string;
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
  readonly reason: string | null;
  readonly version: number;
}

export class HouseholdMissing extends problem('household-missing', 404) {}
export class MarkMissing extends problem('mark-missing', 404) {}
export class MarkStanding extends problem('mark-standing', 409) {}
/** What is asked for does not belong to this kind of change. */
export class ChangeInvalid extends problem('household-change-invalid', 422) {}
export class ChangeMissing extends problem('household-change-missing', 404) {}
export class ChangeDecided extends problem('household-change-decided', 409) {}
/** One change of a kind at a time. */
export class ChangeOpen extends problem('household-change-open', 409) {}
/** Whoever asked for it does not decide on it. */
export class OwnChange extends problem('own-household-change', 409) {}

export const fileCode = (number: number): string => `YH${String(number).padStart(8, '0')}`;

/** A mark counts on a local day. */
export const counts = (mark: Mark, day: string): boolean =>
  mark.endedAt === null && mark.validFrom <= day && (mark.validTo === null || mark.validTo >= day);
