import { problem } from '@keystead/contracts/problem';

/** No module offers a report of that name. */
export class ReportKindMissing extends problem('report-kind-missing', 404) {}
