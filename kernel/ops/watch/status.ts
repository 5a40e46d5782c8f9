import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '@keystead/kernel/base';
import { type Db, sql } from '@keystead/kernel/db';
import { type Job, troubleOf } from '@keystead/kernel/jobs';
import type { Installation } from '@keystead/kernel/ops/backup';
import { findSets, readRhythm, regularTarget } from '@keystead/kernel/ops/backup';
import type { Static } from 'typebox';
import { readPulses } from './pulse.ts';
import type { BackupView, JobView, StatusView } from './schemas.ts';

const staleSeconds = 60;

/** Version of the platform, from the workspace's own package. */
export function platformVersion(): string {
  const file = join(import.meta.dirname, '../../../package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

interface ProbeRow {
  source: string;
  state: 'well' | 'troubled';
  severity: number;
  value: number | null;
  unit: string;
  troubledAt: number;
  detail: string;
  checkedAt: Date;
  since: Date;
}

interface RunRow {
  name: string;
  started_at: Date;
  finished_at: Date | null;
  deadline: Date;
  state: string;
  error: string | null;
}

export interface StatusOptions {
  db: Db;
  clock: Clock;
  jobs: () => readonly Job[];
  dataDir: Installation['dataDir'];
}

/** What the platform knows of its own condition, as the console shows it. */
export function createStatus({ db, clock, jobs, dataDir }: StatusOptions) {
  const watchedSince = clock.now();
  const version = platformVersion();

  async function jobsNow(): Promise<Static<typeof JobView>[]> {
    const rows = await db.systemRead(sql<RunRow>`
      select distinct on (name) name, started_at, finished_at, deadline, state, error
      from kernel.job_run order by name, started_at desc`);
    const last = new Map(rows.map((row) => [row.name, row]));
    return jobs().map((job) => {
      const run = last.get(job.name);
      return {
        name: job.name,
        every: job.every ?? null,
        cron: job.cron ?? null,
        state: (run?.state ?? 'never') as Static<typeof JobView>['state'],
        startedAt: run?.started_at.toISOString() ?? null,
        seconds: run?.finished_at ? (run.finished_at.getTime() - run.started_at.getTime()) / 1000 : null,
        error: run?.error ?? null,
        trouble: troubleOf(job, run, watchedSince, clock.now()) ?? null,
      };
    });
  }

  async function status(): Promise<Static<typeof StatusView>> {
    const now = clock.now();
    const probes = await db.systemRead(sql<ProbeRow>`
      select source, state, severity, value, unit, troubled_at as "troubledAt", detail, checked_at as "checkedAt", since
      from watch.probe order by state, severity, source`);
    const [facts] = await db.systemRead(sql<{ bytes: number; server: string; events: number; givenUp: number }>`
      select pg_database_size(current_database()) as bytes, current_setting('server_version') as server,
        (select count(*)::int from kernel.outbox) as events,
        (select count(*)::int from kernel.delivery where next_at is null) as "givenUp"`);
    const pulses = await db.systemRead(readPulses);
    return {
      version,
      node: process.version,
      now: now.toISOString(),
      database: { version: facts?.server ?? '', bytes: facts?.bytes ?? 0 },
      waitingEvents: facts?.events ?? 0,
      deliveriesGivenUp: facts?.givenUp ?? 0,
      probes: probes.map((probe) => ({
        ...probe,
        checkedAt: probe.checkedAt.toISOString(),
        since: probe.since.toISOString(),
        stale: now.getTime() - probe.checkedAt.getTime() > staleSeconds * 1000,
      })),
      processes: pulses.map(({ at, startedAt, ...pulse }) => ({
        ...pulse,
        at: at.toISOString(),
        uptimeSeconds: Math.max(0, Math.round((now.getTime() - startedAt.getTime()) / 1000)),
      })),
    };
  }

  function backups(): Static<typeof BackupView>[] {
    return findSets(regularTarget(dataDir, readRhythm(dataDir)))
      .map(({ manifest: { id, madeAt, database, files, objects } }) => ({
        id,
        madeAt,
        from: database?.from ?? null,
        to: database?.to ?? null,
        storedBytes: [...(database?.archives ?? []), ...(database?.log ?? []), ...files].reduce(
          (sum, { stored }) => sum + stored,
          0,
        ),
        objects: objects?.count ?? 0,
      }))
      .reverse();
  }

  return { status, jobs: jobsNow, backups };
}

export type Status = ReturnType<typeof createStatus>;
