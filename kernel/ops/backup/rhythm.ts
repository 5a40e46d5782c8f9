import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Manifest } from './manifest.ts';

/**
 * How often and how long: storage levels 3 and 2 daily full and hourly increment (H-8.4-b-4, I-5.3.3-b-2); level 1 rides along.
 * An operator changes it in `DATA_DIR/backup.json`; it is a file so that nobody can point backups elsewhere from a browser.
 */
export const RhythmSchema = Type.Object(
  {
    /** Folder for backups; `DATA_DIR/backups` unless told. Better on another disk. */
    to: Type.Optional(Type.String({ minLength: 1 })),
    /** Folder for a second copy: another disk, another machine (H-8.4-b-1). */
    copyTo: Type.Optional(Type.String({ minLength: 1 })),
    /** Days that can be gone back to. */
    keepDays: Type.Integer({ minimum: 1, maximum: 3660, default: 7 }),
    /** A full backup at the latest after so many hours, whatever the hour is. */
    fullHours: Type.Number({ minimum: 1, maximum: 48, default: 24 }),
    /** Hour of the day, UTC, at which a full backup is taken when the last is older than half of `fullHours`: 02:00 in China. */
    quietHour: Type.Integer({ minimum: 0, maximum: 23, default: 18 }),
    incrementMinutes: Type.Number({ minimum: 1, maximum: 1440, default: 60 }),
    /** Log that waits beyond this is taken before its time. */
    waitingMegabytes: Type.Number({ minimum: 16, maximum: 4096, default: 512 }),
  },
  { additionalProperties: false },
);

export type Rhythm = Static<typeof RhythmSchema>;

/** The installation's rhythm; throws with all that is wrong when its file cannot be used. */
export function readRhythm(dataDir: string): Rhythm {
  const file = join(dataDir, 'backup.json');
  const written: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const filled = Value.Default(RhythmSchema, written);
  const faults = Value.Errors(RhythmSchema, filled).map((error) => `${error.instancePath}: ${error.message}`);
  if (faults.length > 0) throw new Error(`${file} cannot be used: ${faults.join('; ')}`);
  return filled as Rhythm;
}

const minute = 60_000;

/** A new installation first gets on its feet. */
const firstAfterMinutes = 10;

export interface BackupState {
  newest: Manifest | undefined;
  /** Bytes of log that wait on the server. */
  waitingBytes: number;
  /** Since when this process works. */
  since: Date;
}

/** What is to be done now, if anything. */
export function dueNow(state: BackupState, rhythm: Rhythm, now: Date): 'full' | 'increment' | undefined {
  const { newest } = state;
  if (!newest) return now.getTime() - state.since.getTime() >= firstAfterMinutes * minute ? 'full' : undefined;
  const age = (iso: string) => (now.getTime() - Date.parse(iso)) / minute;
  const fullAge = age(newest.madeAt) / 60;
  if (fullAge >= rhythm.fullHours) return 'full';
  if (fullAge >= rhythm.fullHours / 2 && now.getUTCHours() === rhythm.quietHour) return 'full';
  if (age(newest.database?.to ?? newest.madeAt) >= rhythm.incrementMinutes) return 'increment';
  return state.waitingBytes >= rhythm.waitingMegabytes * 1e6 ? 'increment' : undefined;
}

const mostSets = 200;

/**
 * Backups that are no longer needed: those whose successor is old enough to begin the days that are kept. The newest
 * always stays.
 */
export function expired(ids: readonly { id: string; madeAt: string }[], keepDays: number, now: Date): string[] {
  const oldest = now.getTime() - keepDays * 24 * 60 * minute;
  return ids
    .filter((_, i) => {
      const next = ids[i + 1];
      return next !== undefined && (Date.parse(next.madeAt) <= oldest || ids.length - i > mostSets);
    })
    .map(({ id }) => id);
}
