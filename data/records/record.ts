import { isLevel, type StoreLevel, type TransferLevel } from '@keystead/contracts/labels';
import { InputInvalid, problem } from '@keystead/contracts/problem';

export type RecordState = 'kept' | 'removed' | 'expired';

/** A file with its labels. */
export interface FileRecord {
  id: string;
  organisation: string;
  /** Place path, '' = the organisation as a whole. */
  place: string;
  /** What it belongs to: `kind:id`. */
  subject: string;
  name: string;
  mediaType: string;
  /** Bytes. */
  size: number;
  /** SHA-256 of the contents, hexadecimal. */
  hash: string;
  object: string;
  storeLevel: StoreLevel;
  transferLevel: TransferLevel | null;
  retentionYears: number;
  keepUntil: Date;
  legalHold: boolean;
  state: RecordState;
  createdAt: Date;
  createdBy: string;
  createdByName: string;
  removedAt: Date | null;
  version: number;
}

/** What stands beside the contents when a file is put in. */
export interface FileLabels {
  name: string;
  mediaType: string;
  /** How sensitive: 3 core or personal, 2 internal, 1 public. From 2 on it is encrypted with a key of its own. */
  storeLevel: StoreLevel;
  transferLevel?: TransferLevel;
  retentionYears: number;
  /** `case:0190…` */
  subject: string;
  /** Place path. */
  place: string;
}

export class RecordMissing extends problem('record-missing', 404) {}
/** Its key was destroyed; it is unreadable for good. */
export class RecordGone extends problem('record-gone', 410) {}
/** Under legal hold nothing is removed. */
export class RecordHeld extends problem('record-held', 409) {}
export class RecordTooLarge extends problem('record-too-large', 413) {}
/** A file without a label for how sensitive it is (H-8.4-0-1). */
export class RecordUnlabelled extends problem('record-unlabelled', 422) {}
/** The bytes are something else than the name and type say. */
export class MediaTypeMismatch extends problem('record-media-type-mismatch', 422) {}
/** The bytes on disk are not those that were put in. */
export class RecordDamaged extends problem('record-damaged', 500) {}

const subjectPattern = /^[a-z][a-z0-9-]*:[\w.-]{1,100}$/;

/** Throws RecordUnlabelled, InputInvalid. */
export function checkLabels(labels: FileLabels): void {
  if (!isLevel(labels.storeLevel)) throw new RecordUnlabelled({ name: labels.name });
  const faults: { pointer: string; code: string }[] = [];
  const { name, subject, retentionYears, transferLevel } = labels;
  if (name.length < 1 || name.length > 255 || /[\p{Cc}/\\]/u.test(name))
    faults.push({ pointer: '/name', code: 'file-name' });
  if (!subjectPattern.test(subject)) faults.push({ pointer: '/subject', code: 'subject' });
  if (!Number.isInteger(retentionYears) || retentionYears < 1 || retentionYears > 100)
    faults.push({ pointer: '/retentionYears', code: 'retention' });
  if (transferLevel !== undefined && !isLevel(transferLevel)) faults.push({ pointer: '/transferLevel', code: 'level' });
  if (faults.length > 0) throw new InputInvalid({ in: 'labels' }, faults);
}

/** From level 2 on contents are encrypted on disk (H-8.4-a-1). */
export const isEncrypted = (storeLevel: StoreLevel): boolean => storeLevel >= 2;

export function keepUntil(from: Date, years: number): Date {
  const until = new Date(from);
  until.setUTCFullYear(until.getUTCFullYear() + years);
  return until;
}
