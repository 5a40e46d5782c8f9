import { problem } from '@keystead/contracts/problem';

export class ChargeMissing extends problem('charge-missing', 404) {}
/** More was to be waived, refunded or released than there is. */
export class AmountTooLarge extends problem('ledger-amount-too-large', 409) {}
/** The month is closed: its vouchers stay as they are. */
export class PeriodClosed extends problem('ledger-period-closed', 409) {}
/** A month can be closed once it is over. */
export class PeriodNotOver extends problem('ledger-period-not-over', 409) {}
/** The channel's number was used for another payment. */
export class PaymentReferenceUsed extends problem('payment-reference-used', 409) {}

const constraintOf = (cause: unknown): string | undefined =>
  cause instanceof Error && 'constraint' in cause ? String(cause.constraint) : undefined;

/** Turns the database's refusal to write into a closed month into the problem that says so. */
export async function whileOpen<T>(step: Promise<T>): Promise<T> {
  try {
    return await step;
  } catch (cause) {
    if (constraintOf(cause) === 'period_open') throw new PeriodClosed();
    throw cause;
  }
}
