import { problem } from '@keystead/contracts/problem';

/** A file of a backup is missing or its bytes are not what was written; `path` names it. */
export class BackupDamaged extends problem('backup-damaged', 422) {}

/** There is no backup at the given folder, or none that covers the wanted time. */
export class BackupMissing extends problem('backup-missing', 404) {}

/** The key that sealed the backup is not at hand; `fingerprint` tells which. */
export class BackupKeyMissing extends problem('backup-key-missing', 422) {}

/** The log since the last increment is no longer whole: only a new full backup helps. */
export class LogGap extends problem('log-gap', 409) {}

/** The wanted time lies outside what the backup holds; `from` and `to` tell what it holds. */
export class RestorePointOutside extends problem('restore-point-outside', 422) {}

/** A platform runs on the data folder that is to be restored. */
export class RestoreTargetBusy extends problem('restore-target-busy', 409) {}

/** The restored database did not come up, or is not the one that was backed up. */
export class RestoreFailed extends problem('restore-failed', 500) {}
