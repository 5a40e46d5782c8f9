import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BackupKeyMissing } from './problems.ts';

/** The one secret that opens backups. */
export interface BackupKey {
  bytes: Buffer;
  /** Tells keys apart without saying anything about them. */
  fingerprint: string;
  file: string;
}

export const keyFileIn = (dataDir: string): string => join(dataDir, 'keys', 'backup.key');

/** Reads a key file: 32 bytes in base64. Throws `BackupKeyMissing`. */
export function readBackupKey(file: string): BackupKey {
  const bytes = existsSync(file) ? Buffer.from(readFileSync(file, 'utf8').trim(), 'base64') : Buffer.alloc(0);
  if (bytes.length !== 32) throw new BackupKeyMissing({ file });
  const fingerprint = createHash('sha256').update('keystead backup key').update(bytes).digest('hex').slice(0, 16);
  return { bytes, fingerprint, file };
}

/** The key of an installation, made when missing. Whoever loses it loses every backup it sealed: keep a copy apart. */
export function ensureBackupKey(dataDir: string): BackupKey & { made: boolean } {
  const file = keyFileIn(dataDir);
  let made = false;
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    try {
      // Exclusive: of two that start at once, one makes the key and both use it.
      writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true });
      made = true;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    }
  }
  return { ...readBackupKey(file), made };
}
