import type { Clock } from '@keystead/kernel/base';
import { type Db, sql } from '@keystead/kernel/db';
import { limit, type Probe } from '../probe.ts';

interface Backlog {
  count: number;
  oldest: Date | null;
}

const counted = 10_000;
const age = (oldest: Date | null, now: Date): number =>
  oldest ? Math.max(0, Math.round((now.getTime() - oldest.getTime()) / 100) / 10) : 0;
const many = (count: number): string => (count > counted ? `> ${counted}` : String(count));

/** Answer time of the database through our own pool, connections in use, and what waits in its queues (I-5.1-d-3). */
export function databaseProbes(db: Db, clock: Clock): Probe[] {
  return [
    {
      source: 'database-latency',
      unit: 'ms',
      usual: limit(500, 200),
      read: async () => {
        const began = performance.now();
        await db.systemRead(sql`select 1`);
        return { value: Math.round(performance.now() - began) };
      },
    },
    {
      source: 'database-connections',
      unit: '%',
      usual: limit(90, 80, { severity: 1 }),
      read: async () => {
        const [row] = await db.systemRead(sql<{ used: number; most: number }>`
          select (select sum(numbackends)::int from pg_stat_database) as used,
            current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int as most`);
        const { used = 0, most = 1 } = row ?? {};
        return { value: Math.round((100 * used) / most), detail: `${used} / ${most}` };
      },
    },
    {
      source: 'events',
      unit: 's',
      usual: limit(30, 5),
      read: async () => {
        const [row] = await db.systemRead(sql<Backlog>`
          select count(*)::int as count, min(at) as oldest from (select at from kernel.outbox order by id limit ${counted + 1}) o`);
        return { value: age(row?.oldest ?? null, clock.now()), detail: many(row?.count ?? 0) };
      },
    },
    {
      source: 'deliveries',
      unit: 'count',
      usual: limit(1, 0, { forSeconds: 0, severity: 3 }),
      read: async () => {
        const [row] = await db.systemRead(sql<{ count: number; subscriptions: string | null }>`
          select count(*)::int as count, string_agg(distinct subscription, ', ') as subscriptions
          from (select subscription from kernel.delivery where next_at is null limit ${counted + 1}) d`);
        return { value: row?.count ?? 0, detail: (row?.subscriptions ?? '').slice(0, 200) };
      },
    },
    {
      source: 'jobs',
      unit: 's',
      usual: limit(60, 10),
      read: async () => {
        const now = clock.now();
        const [row] = await db.systemRead(sql<Backlog>`
          select count(*)::int as count, min(run_at) as oldest from (
            select run_at from graphile_worker._private_jobs
            where run_at <= ${now} and locked_at is null and attempts < max_attempts
            order by run_at limit ${counted + 1}) j`);
        return { value: age(row?.oldest ?? null, now), detail: many(row?.count ?? 0) };
      },
    },
  ];
}
