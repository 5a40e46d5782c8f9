export { type BackupKey, ensureBackupKey, keyFileIn, readBackupKey } from './backup-key.ts';
export { copyTo, sweep } from './copies.ts';
export { type Installation, openInstallation } from './installation.ts';
export { alone, type Keeper, keepBackups, newestSet, regularTarget } from './keeper.ts';
export { chooseSet, type Found, findSets, listSets, type Manifest, readManifest } from './manifest.ts';
export {
  BackupDamaged,
  BackupKeyMissing,
  BackupMissing,
  LogGap,
  RestoreFailed,
  RestorePointOutside,
  RestoreTargetBusy,
} from './problems.ts';
export { type Restored, type RestoreOptions, restoreSet } from './restore.ts';
export { type Rhythm, readRhythm } from './rhythm.ts';
export { type BackupJob, takeFull, takeIncrement } from './take.ts';
export { type Verified, verifySet } from './verify.ts';
