import { type Db, sql } from '@keystead/kernel/db';
import { hourMicros, hourOf, instantText } from './instants.ts';
import { forgottenAfterDays } from './marks.ts';

const namePattern = /^hot_(\d{4})(\d{2})(\d{2})(\d{2})$/;

/** Hours ahead for which a partition stands ready. */
const ahead = 3;

/** Makes the partitions of this hour and the next ones; the gateway makes its own should this not have run. */
export async function openHours(db: Db, nowMicros: number): Promise<void> {
  for (let n = 0; n <= ahead; n++)
    await db.systemRead(
      sql`select telemetry.open_hour(${instantText(hourOf(nowMicros) + n * hourMicros)}::timestamptz)`,
    );
}

/** Starts of the hours that have a partition, ascending, µs since 1970. */
export async function hotHours(db: Db): Promise<number[]> {
  const rows = await db.systemRead(sql<{ name: string }>`
    select c.relname::text as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'telemetry.hot'::regclass order by 1`);
  return rows.flatMap(({ name }) => {
    const [, year, month, day, hour] = namePattern.exec(name) ?? [];
    return year ? [Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour)) * 1000] : [];
  });
}

/** The followers that have not taken everything received before `until`; while there are any, it stays hot. */
export async function followersBehind(db: Db, now: Date, until: number): Promise<string[]> {
  const forgotten = new Date(now.getTime() - forgottenAfterDays * 86_400_000);
  const rows = await db.systemRead(sql<{ follower: string }>`
    with newest as (
      select gateway, max(batch) as batch from telemetry.batch where received < ${instantText(until)} group by gateway),
    followers as (select distinct follower from telemetry.mark where seen_at > ${forgotten})
    select distinct follower from followers cross join newest left join telemetry.mark using (follower, gateway)
    where coalesce(mark.batch, 0) < newest.batch order by 1`);
  return rows.map(({ follower }) => follower);
}

const slice = 20_000;

/** Forgets the numbers of batches that are no longer hot, but for the newest of each gateway. */
export async function forgetBatches(db: Db, before: number): Promise<void> {
  for (;;) {
    const gone = await db.systemRead(sql`
      delete from telemetry.batch where ctid in (
        select b.ctid from telemetry.batch b where b.received < ${instantText(before)}
          and b.batch < (select max(batch) from telemetry.batch n where n.gateway = b.gateway) limit ${slice}) returning 1`);
    if (gone.length < slice) return;
  }
}
