import { problem } from '@keystead/contracts/problem';

/** Another live process keeps this data folder's server; `pid` is its process. */
export class DatabaseBusy extends problem('database-busy', 503) {}

/** The server did not come up; `reason` is its own last complaint, `log` the end of its log. */
export class DatabaseStartFailed extends problem('database-start-failed', 500) {}

/** The data was written by another major version of PostgreSQL, which needs a planned upgrade. */
export class DatabaseVersionDiffers extends problem('database-version-differs', 500) {}

/** The account that must run the server cannot get at its data; `advice` says what to change. */
export class DataDirUnreachable extends problem('data-dir-unreachable', 500) {}

/** No PostgreSQL program for this platform was installed. */
export class DatabaseProgramsMissing extends problem('database-programs-missing', 500) {}
