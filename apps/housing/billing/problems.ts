import { problem } from '@keystead/contracts/problem';

export class SubjectMissing extends problem('fee-subject-missing', 404) {}
export class SubjectTaken extends problem('fee-subject-taken', 409) {}
/** A tariff of that day is there already; another day is to be named. */
export class TariffTaken extends problem('tariff-taken', 409) {}
export class BillMissing extends problem('bill-missing', 404) {}
/** The bill was taken back, or there is nothing to bill instead. */
export class BillFixed extends problem('bill-fixed', 409) {}
export class RunMissing extends problem('bill-run-missing', 404) {}
export class RunUnderWay extends problem('bill-run-under-way', 409) {}
export class ChannelMissing extends problem('pay-channel-missing', 404) {}
export class CallbackRefused extends problem('pay-callback-refused', 401) {}
export class OrderMissing extends problem('pay-order-missing', 404) {}
export class StatementUnreadable extends problem('statement-unreadable', 400) {}
/** The day of the channel was compared already. */
export class DayReconciled extends problem('day-reconciled', 409) {}
export class DifferenceMissing extends problem('difference-missing', 404) {}
/** There is no report of that month yet. */
export class ReportMissing extends problem('collection-report-missing', 404) {}
export class NoticeMissing extends problem('dunning-notice-missing', 404) {}
export class PauseMissing extends problem('dunning-pause-missing', 404) {}

export const constraintOf = (cause: unknown): string | undefined =>
  cause instanceof Error && 'constraint' in cause ? String(cause.constraint) : undefined;
/** The channel tells another amount than the order has. */
export class AmountWrong extends problem('pay-amount-wrong', 409) {}
/** No answer of a channel that can be believed: what it did is found out by asking later. */
export class PayChannelSilent extends problem('pay-channel-silent', 503) {}
/** The channel said no. */
export class PayChannelRefused extends problem('pay-channel-refused', 502) {}
/** An order for this bill was paid already, the channel tells. */
export class OrderPaid extends problem('pay-order-paid', 409) {}
/** Only what was paid by a channel that can be asked goes back by it. */
export class OrderUnpaid extends problem('pay-order-unpaid', 409) {}
export class RefundMissing extends problem('pay-refund-missing', 404) {}
/** The exchange of that meter was noted already. */
export class ExchangeKnown extends problem('meter-exchange-known', 409) {}
