import { type FieldError, InputInvalid, problem } from '@keystead/contracts/problem';

/** Work that is told before it began, or after now. */
export class MaintenanceDateWrong extends problem('maintenance-date-wrong', 422) {}
/** The file named as signature is not a picture drawn for this case. */
export class SignatureUnfit extends problem('maintenance-signature-unfit', 422) {}

/** What whoever did the work says of it; all of it is asked for (I-5.2.3-e-3). */
export interface MaintenanceWords {
  /** When it was done. */
  readonly at: Date;
  readonly content: string;
  /** What was found wrong; `无` says that nothing was. */
  readonly problems: string;
  readonly actions: string;
}

export interface MaintenanceDraft extends MaintenanceWords {
  readonly caseId: string;
  /** Id of the drawn signature among the files. */
  readonly signature: string;
}

export interface MaintenanceRow extends MaintenanceWords {
  id: string;
  organisation: string;
  place: string;
  caseId: string;
  caseCode: string;
  /** `thing:<id>`, `place:<id>`, or '' when the case is about nothing. */
  subject: string;
  signature: string;
  signatureHash: string;
  evidence: { statement: string; seal: string };
  actor: string;
  actorName: string;
  recordedAt: Date;
}

const skew = 5 * 60_000;

/** Throws InputInvalid naming each field that is missing or blank, MaintenanceDateWrong. */
export function checkWords(words: Partial<MaintenanceWords> & { signature?: string }, openedAt: Date, now: Date): void {
  const errors: FieldError[] = [];
  for (const field of ['content', 'problems', 'actions', 'signature'] as const)
    if ((words[field] ?? '').trim() === '') errors.push({ pointer: `/${field}`, code: 'required' });
  if (!words.at) errors.push({ pointer: '/at', code: 'required' });
  if (errors.length > 0) throw new InputInvalid({ in: 'body' }, errors);
  const at = words.at?.getTime() ?? 0;
  if (at > now.getTime() + skew || at < openedAt.getTime() - skew)
    throw new MaintenanceDateWrong({ at: words.at?.toISOString() });
}

/** What is sealed: everything the record says, in one order. */
export const statementOf = (row: Omit<MaintenanceRow, 'evidence' | 'place'>): string =>
  JSON.stringify({
    maintenance: row.id,
    case: row.caseId,
    subject: row.subject,
    at: row.at.toISOString(),
    content: row.content,
    problems: row.problems,
    actions: row.actions,
    signature: row.signatureHash,
    by: row.actor,
    name: row.actorName,
    recordedAt: row.recordedAt.toISOString(),
  });
