import { problem } from '@keystead/contracts/problem';

export class TerminalMissing extends problem('supervision-terminal-missing', 404) {}
/** A terminal of this name is there already. */
export class TerminalTaken extends problem('supervision-terminal-taken', 409) {}
/** The warning was not sent to this terminal. */
export class WarningMissing extends problem('supervision-warning-missing', 404) {}
export class ReportMissing extends problem('supervision-report-missing', 404) {}
export class TemplateMissing extends problem('supervision-template-missing', 404) {}
/** What would be handed over does not fit the form the region asks for. */
export class ExportInvalid extends problem('supervision-export-invalid', 422) {}
