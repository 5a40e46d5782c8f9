import { problem } from '@keystead/contracts/problem';
import type { Grade, Reason, WarningKind } from './facts.ts';

export const feedbacks = ['confirmed', 'unfounded', 'unclear'] as const;
export type Feedback = (typeof feedbacks)[number];

export interface Warning {
  readonly id: string;
  readonly organisation: string;
  readonly place: string;
  readonly kind: WarningKind;
  readonly rule: string;
  readonly subjectKind: string;
  readonly subject: string;
  readonly subjectName: string;
  readonly house: string | null;
  readonly alarm: string;
  readonly grade: Grade;
  readonly score: number;
  readonly reasons: readonly Reason[];
  readonly state: 'open' | 'closed';
  readonly liftedAt: Date | null;
  readonly owner: string;
  readonly ownerName: string;
  readonly caseId: string | null;
  readonly caseCode: string | null;
  readonly action: string | null;
  readonly person: string | null;
  readonly result: string | null;
  readonly feedback: Feedback | null;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly settled: boolean;
  readonly version: number;
}

export class WarningMissing extends problem('warning-missing', 404) {}
export class WarningClosed extends problem('warning-closed', 409) {}
/** Closing asks for what was done, by whom, and with which result (H-9.2.5-c). */
export class WarningCloseIncomplete extends problem('warning-close-incomplete', 422) {}
/** Its alarm is ended by closing the warning, and by nothing else. */
export class WarningNotClosed extends problem('warning-not-closed', 409) {}
/** What concerns a person is shown when somebody answers for the question: after a case was opened. */
export class WarningCaseFirst extends problem('warning-case-first', 409) {}

/** The alarms that warnings are. Rent and lease warn by themselves: theirs are taken over, not doubled. */
export const ruleOf: Readonly<Record<WarningKind, string>> = {
  idle: 'risk:idle',
  sublet: 'risk:sublet',
  crowding: 'risk:crowding',
  'vacant-use': 'risk:vacant-use',
  'lock-anomaly': 'risk:lock-anomaly',
  arrears: 'platform:lease-arrears',
  expiry: 'platform:lease-expiry',
};
/** A lease that pays later and later owes nothing yet: an alarm of its own. */
export const earlyArrearsRule = 'risk:arrears-early';

export const titles: Readonly<Record<WarningKind, { zh: string; en: string }>> = {
  idle: { zh: '疑似长期空置', en: 'Perhaps standing empty' },
  sublet: { zh: '疑似转租转借', en: 'Perhaps sublet or lent' },
  crowding: { zh: '疑似群租超员', en: 'Perhaps group renting' },
  'vacant-use': { zh: '空置房用水用电异常', en: 'Water or power used in an empty home' },
  'lock-anomaly': { zh: '门锁使用异常', en: 'Unusual use of a lock' },
  arrears: { zh: '租约欠费', en: 'Lease in arrears' },
  expiry: { zh: '租约到期', en: 'Lease near its end' },
};

/** Days a subject is left alone after a closed warning, by what people said of it. */
export const quietAfter: Readonly<Record<Feedback, number>> = { confirmed: 30, unclear: 30, unfounded: 90 };

export interface Closing {
  readonly action?: string | undefined;
  readonly person?: string | undefined;
  readonly result?: string | undefined;
  readonly feedback?: Feedback | undefined;
}

/** Throws WarningCloseIncomplete naming each field that is missing or blank. */
export function requireClosing(closing: Closing): Required<{ [Field in keyof Closing]: NonNullable<Closing[Field]> }> {
  const { action = '', person = '', result = '', feedback } = closing;
  const blank = Object.entries({ action, person, result })
    .filter(([, text]) => text.trim() === '')
    .map(([field]) => ({ pointer: `/${field}`, code: 'required' }));
  if (feedback === undefined) blank.push({ pointer: '/feedback', code: 'required' });
  if (blank.length > 0 || feedback === undefined) throw new WarningCloseIncomplete({}, blank);
  return { action: action.trim(), person: person.trim(), result: result.trim(), feedback };
}
