import { problem } from '@keystead/contracts/problem';

export { TemplateInvalid } from './template.ts';

export class NotifyRuleMissing extends problem('notify-rule-missing', 404) {}
/** A rule that names a webhook that is not there, or nobody and nothing to tell. */
export class NotifyRuleInvalid extends problem('notify-rule-invalid', 422) {}
export class ChannelMissing extends problem('notify-channel-missing', 404) {}
/** There is already a mail or text-message channel: an organisation has one of each. */
export class ChannelTaken extends problem('notify-channel-taken', 409) {}
export class ChannelInvalid extends problem('notify-channel-invalid', 422) {}
export class DeliveryMissing extends problem('notify-delivery-missing', 404) {}
export class MessageMissing extends problem('notify-message-missing', 404) {}
/** Not an address or a network in the form `10.1.2.3` or `10.1.0.0/16`. */
export class TargetInvalid extends problem('notify-target-invalid', 422) {}
/** A receipt that is not the carrier's, is old, or cannot be read. */
export class ReceiptRefused extends problem('sms-receipt-refused', 401) {}
