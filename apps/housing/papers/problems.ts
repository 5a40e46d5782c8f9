import { problem } from '@keystead/contracts/problem';

/** The lease is not signed by all parties, so there is nothing to seal. */
export class ContractUnsigned extends problem('contract-unsigned', 409) {}
/** No sealed file of this lease (yet); it is made in the minute after the last signature. */
export class ContractMissing extends problem('contract-missing', 404) {}
/** No payment of that id within reach. */
export class ReceiptMissing extends problem('receipt-missing', 404) {}
