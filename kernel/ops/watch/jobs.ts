import type { Clock } from '@keystead/kernel/base';
import type { Settings } from '@keystead/kernel/base/config';
import { sql } from '@keystead/kernel/db';
import { type Job, job } from '@keystead/kernel/jobs';
import { keepBackups, openInstallation } from '@keystead/kernel/ops/backup';

const day = 86_400_000;

/** Does the backup that is due (H-8.4-b-4, I-5.3.3-b-2). A long one is not hindered by the next call: that finds the lock taken. */
export function backupJob({ settings, clock, version }: { settings: Settings; clock: Clock; version: string }): Job {
  const since = clock.now();
  return job({
    name: 'ops.backup',
    every: 300,
    timeout: 6 * 3600,
    attempts: 1,
    run: async () => {
      const dataDir = settings.DATA_DIR;
      const opened = settings.DATABASE_URL ? { dataDir, close: async () => {} } : await openInstallation(dataDir);
      const { close, ...installation } = opened;
      try {
        await keepBackups({ installation, clock, version, since });
      } finally {
        await close();
      }
    },
  });
}

/** Forgets what only had to be remembered for a while: runs of jobs, received events, answers to repeated requests. */
export const tidyJob = (): Job =>
  job({
    name: 'ops.tidy',
    every: 3600,
    timeout: 300,
    run: async (_payload, { db, clock }) => {
      const before = (days: number) => new Date(clock.now().getTime() - days * day);
      await db.systemRead(sql`delete from kernel.job_run where started_at < ${before(14)} and state <> 'running'`);
      await db.systemRead(sql`delete from kernel.job_run where started_at < ${before(60)}`);
      // An event may come again as long as its delivery is tried: hours. A week is far beyond.
      await db.systemRead(sql`delete from kernel.inbox where at < ${before(7)}`);
      await db.systemRead(sql`delete from kernel.idempotency where at < ${before(2)}`);
      await db.systemRead(sql`delete from kernel.delivery where next_at is null and at < ${before(90)}`);
    },
  });
