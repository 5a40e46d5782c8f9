import { problem } from '@keystead/contracts/problem';

export class AgreementMissing extends problem('agreement-missing', 404) {}
/** The step cannot be taken from the state it is in. */
export class AgreementStepRefused extends problem('agreement-step-refused', 409) {}
/** Another agreement binds the subject on one of its days. */
export class AgreementOverlaps extends problem('agreement-overlaps', 409) {}
/** What was signed cannot be edited; and what ended cannot be amended. */
export class AgreementFixed extends problem('agreement-fixed', 409) {}
/** The text was changed since the signer saw it. */
export class SignedTextChanged extends problem('agreement-text-changed', 409) {}
/** The fee already changes on or after that day. */
export class FeeChangesLater extends problem('fee-changes-later', 409) {}

/** Turns the database's refusals into the problems that say so. */
export async function withinRules<T>(step: Promise<T>): Promise<T> {
  try {
    return await step;
  } catch (cause) {
    const constraint = cause instanceof Error && 'constraint' in cause ? String(cause.constraint) : '';
    if (constraint === 'agreement_no_overlap') throw new AgreementOverlaps();
    if (constraint === 'fee_once') throw new FeeChangesLater();
    throw cause;
  }
}
