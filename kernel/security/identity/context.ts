import type { Clock, Log } from '@keystead/kernel/base';
import type { Settings } from '@keystead/kernel/base/config';
import type { Outbox } from '@keystead/kernel/bus';
import type { Db, Tx } from '@keystead/kernel/db';
import type { Audit } from '@keystead/kernel/security/audit';

/** Where places are, asked of whoever keeps them. Places that do not exist or belong to another organisation are left out. */
export interface PlacePaths {
  pathsOf(tx: Tx, organisation: string, ids: readonly string[]): Promise<Map<string, string>>;
}

/** What identity works with, and the few things plugged in or told from outside. */
export interface Context {
  db: Db;
  clock: Clock;
  log: Log;
  settings: Settings;
  outbox: Outbox;
  audit: Audit;
  places: PlacePaths;
  /** Every permission there is. */
  permissions(): ReadonlySet<string>;
  /** Someone's rights changed or his sessions ended: what was remembered about them is forgotten. */
  forget(): void;
  /** A session ended, or carries rights that are void: its open sockets are to go. Told again by the event elsewhere. */
  ended(session: string): void;
  /** The rights of accounts changed. */
  rightsChanged(accounts: readonly string[]): void;
}
