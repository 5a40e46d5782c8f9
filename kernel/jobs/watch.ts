import { jobTroubled } from '@keystead/contracts/events/jobs';
import type { Clock } from '@keystead/kernel/base';
import type { Outbox } from '@keystead/kernel/bus';
import { type Db, sql, type Tx } from '@keystead/kernel/db';
import type { Job } from './job.ts';

interface Last {
  name: string;
  started_at: Date;
  deadline: Date;
  state: string;
  error: string | null;
}

export type Trouble = 'missed' | 'failed' | 'overlong';

/** What is wrong with a job, judged from its last run; a job never run is measured from when the watch began. */
export function troubleOf(job: Job, last: Last | undefined, watchedSince: Date, now: Date): Trouble | undefined {
  if (last?.state === 'failed') return 'failed';
  if (last?.state === 'overlong' || (last?.state === 'running' && last.deadline < now)) return 'overlong';
  if (job.every === undefined) return undefined;
  const quietSince = last && last.started_at > watchedSince ? last.started_at : watchedSince;
  const patience = Math.min(job.every, 30) * 1000; // seen within a minute of being due, whatever the interval
  return now.getTime() - quietSince.getTime() > job.every * 1000 + patience ? 'missed' : undefined;
}

/** Looks at every job and says what changed since the last look, once. Runs outside the queue it watches. */
export function createJobWatch(
  db: Db,
  clock: Clock,
  outbox: Outbox,
  organisation: () => string | undefined,
  known: () => readonly Job[],
) {
  const troubled = new Map<string, Trouble>();
  const since = clock.now();

  async function say(tx: Tx, job: string, trouble: Trouble | 'well', detail: string): Promise<void> {
    const owner = organisation();
    if (owner) await outbox.add(tx, jobTroubled, { organisation: owner, place: '' }, { job, trouble, detail });
  }

  return async function look(): Promise<void> {
    const rows = await db.systemRead(sql<Last>`
      select distinct on (name) name, started_at, deadline, state, error from kernel.job_run order by name, started_at desc`);
    const last = new Map(rows.map((row) => [row.name, row]));
    await db.systemTransaction(async (tx) => {
      for (const job of known()) {
        const found = troubleOf(job, last.get(job.name), since, clock.now());
        const before = troubled.get(job.name);
        if (found === before) continue;
        if (found) troubled.set(job.name, found);
        else troubled.delete(job.name);
        await say(tx, job.name, found ?? 'well', last.get(job.name)?.error ?? '');
      }
    });
  };
}
