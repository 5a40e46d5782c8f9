import { hostname } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Clock, Log } from '@keystead/kernel/base';
import { type Db, sql } from '@keystead/kernel/db';
import { limit, type Probe } from './probe.ts';

const beatMs = 5000;
const staleSeconds = 20;
/** A process that was taken away for good is forgotten. */
const forgottenMinutes = 10;

export interface PulseRow {
  process: string;
  role: string;
  pid: number;
  at: Date;
  startedAt: Date;
  lagMs: number;
  memoryBytes: number;
}

export const readPulses = sql<PulseRow>`
  select process, role, pid, at, started_at as "startedAt", lag_ms as "lagMs", memory_bytes as "memoryBytes"
  from watch.pulse order by role, process`;

/** Writes a sign of life of this process every few seconds; returns how to end it. */
export function beat({ db, clock, log, role }: { db: Db; clock: Clock; log: Log; role: string }): () => Promise<void> {
  const name = `${role}@${hostname()}`;
  const startedAt = new Date(clock.now().getTime() - performance.now());
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  const write = async () => {
    const lag = Math.round(delay.max / 1e5) / 10;
    delay.reset();
    await db.systemRead(sql`
      insert into watch.pulse values (${name}, ${role}, ${process.pid}, ${clock.now()}, ${startedAt}, ${lag}, ${process.memoryUsage.rss()})
      on conflict (process) do update set pid = excluded.pid, at = excluded.at, started_at = excluded.started_at,
        lag_ms = excluded.lag_ms, memory_bytes = excluded.memory_bytes`);
  };
  const beatOnce = () => void write().catch((cause) => log.warn({ err: cause }, 'a sign of life could not be written'));
  const timer = setInterval(beatOnce, beatMs);
  beatOnce();
  return async () => {
    clearInterval(timer);
    delay.disable();
    await db.systemRead(sql`delete from watch.pulse where process = ${name}`);
  };
}

/** Longest standstill of any process's event loop, and processes whose sign of life is missing. */
export function processProbes(db: Db, clock: Clock): Probe[] {
  const seconds = (at: Date) => (clock.now().getTime() - at.getTime()) / 1000;
  return [
    {
      source: 'event-loop',
      unit: 'ms',
      usual: limit(1000, 300),
      read: async () => {
        const fresh = (await db.systemRead(readPulses)).filter(({ at }) => seconds(at) <= staleSeconds);
        const slowest = fresh.toSorted((a, b) => b.lagMs - a.lagMs)[0];
        return { value: slowest?.lagMs ?? 0, detail: slowest?.process ?? '' };
      },
    },
    {
      source: 'processes',
      unit: 'count',
      usual: limit(1, 0, { forSeconds: 10, severity: 1 }),
      read: async () => {
        const known = (await db.systemRead(readPulses)).filter(({ at }) => seconds(at) <= forgottenMinutes * 60);
        const silent = known.filter(({ at }) => seconds(at) > staleSeconds);
        return { value: silent.length, detail: silent.map(({ process }) => process).join(', ') };
      },
    },
  ];
}
