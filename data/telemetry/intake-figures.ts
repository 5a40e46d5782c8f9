import type { Clock } from '@keystead/kernel/base';
import { type Db, sql } from '@keystead/kernel/db';
import { hotHours } from './hours.ts';
import type { IntakeView } from './schemas.ts';

const spanSeconds = 60;

/** Seconds by which each follower of these names is behind: the age of the oldest committed batch it has not taken. */
export async function lagOf(db: Db, clock: Clock, names: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.systemRead(sql<{ name: string; oldest: Date | null }>`
    select m.follower as name, min(b.received) as oldest
    from telemetry.mark m left join lateral (
      select received from telemetry.batch where gateway = m.gateway and batch > m.batch order by batch limit 1) b on true
    where m.follower = any(${names}) group by m.follower`);
  const now = clock.now().getTime();
  return new Map(rows.map(({ name, oldest }) => [name, oldest ? Math.max(0, (now - oldest.getTime()) / 1000) : 0]));
}

/** What came in the last minute, and how far the followers are behind. */
export async function intakeFigures(db: Db, clock: Clock): Promise<IntakeView> {
  const now = clock.now();
  const since = new Date(now.getTime() - spanSeconds * 1000);
  const [sums, gateways, followers, strays, hours] = await Promise.all([
    db.systemRead(sql<{ messages: number; points: number }>`
      select coalesce(sum(messages), 0)::int8 as messages, coalesce(sum(points), 0)::int8 as points
      from telemetry.batch where received > ${since}`),
    db.systemRead(sql<{ gateway: number; batch: number; received: Date }>`
      select distinct on (gateway) gateway, batch, received from telemetry.batch order by gateway, batch desc`),
    db.systemRead(sql<{ name: string; gateway: number; behind: number; oldest: Date | null }>`
      select m.follower as name, m.gateway, count(b.batch)::int8 as behind, min(b.received) as oldest
      from telemetry.mark m left join telemetry.batch b on b.gateway = m.gateway and b.batch > m.batch
      group by m.follower, m.gateway order by 1, 2`),
    db.systemRead(sql<{ strays: number }>`select count(*) as strays from telemetry.hot_default`),
    hotHours(db),
  ]);
  return {
    messagesPerSecond: (sums[0]?.messages ?? 0) / spanSeconds,
    pointsPerSecond: (sums[0]?.points ?? 0) / spanSeconds,
    gateways: gateways.map(({ gateway, batch, received }) => ({ gateway, batch, received: received.toISOString() })),
    followers: followers.map(({ name, gateway, behind, oldest }) => ({
      name,
      gateway,
      behind,
      lag: oldest ? Math.max(0, (now.getTime() - oldest.getTime()) / 1000) : 0,
    })),
    hotHours: hours.length,
    strays: strays[0]?.strays ?? 0,
  };
}
