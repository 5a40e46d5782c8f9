import { sql, type Tx } from '@keystead/kernel/db';
import type { Delivery } from './delivery.ts';

export const deliveryColumns = sql.raw(`
  d.id, d.organisation, d.place, d.key, d.trigger, d.phase, d.thread, d.episode, d.rule, d.channel, d.channel_id as "channelId",
  d.receiver, d.receiver_name as "receiverName", d.severity, d.title, d.body, d.about_kind as "aboutKind", d.about_id as "aboutId",
  d.state, d.reason, d.incident, d.held, d.digest_key as "digestKey", d.merged_into as "mergedInto", d.attempts, d.error, d.sent_to as "sentTo",
  d.created_at as "createdAt", d.next_at as "nextAt", d.sent_at as "sentAt"`);

/** Writes a decision; false when it was made before. */
export async function insertDelivery(tx: Tx, row: Delivery): Promise<boolean> {
  const added = await tx.run(sql`
    insert into notify.delivery (id, organisation, place, key, trigger, phase, thread, episode, rule, channel, channel_id, receiver,
      receiver_name, severity, title, body, about_kind, about_id, state, reason, held, digest_key, created_at, next_at, sent_at, incident)
    values (${row.id}, ${row.organisation}, ${row.place}, ${row.key}, ${row.trigger}, ${row.phase}, ${row.thread}, ${row.episode},
      ${row.rule}, ${row.channel}, ${row.channelId}, ${row.receiver}, ${row.receiverName}, ${row.severity}, ${row.title}, ${row.body},
      ${row.aboutKind}, ${row.aboutId}, ${row.state}, ${row.reason}, ${row.held}, ${row.digestKey}, ${row.createdAt}, ${row.nextAt}, ${row.sentAt}, ${row.incident})
    on conflict (organisation, key) do nothing`);
  return added === 1;
}

/** When the last message of a digest went, or will go. */
export async function lastOfDigest(tx: Tx, organisation: string, key: string): Promise<Date | undefined> {
  const [row] = await tx.all(sql<{ at: Date | null }>`
    select max(coalesce(sent_at, next_at)) as at from notify.delivery
    where organisation = ${organisation} and digest_key = ${key} and state in ('sent', 'queued') and phase <> 'close'`);
  return row?.at ?? undefined;
}

/** Enters a trouble: a new episode when it was over or never was. Answers the episode. */
export async function enterThread(tx: Tx, organisation: string, key: string, at: Date): Promise<number> {
  const [row] = await tx.all(sql<{ episode: number }>`
    insert into notify.thread as t (organisation, key, episode, open, changed_at) values (${organisation}, ${key}, 1, true, ${at})
    on conflict (organisation, key) do update set
      episode = t.episode + case when t.open then 0 else 1 end, open = true, changed_at = excluded.changed_at
    returning episode`);
  return row?.episode ?? 1;
}

/** Leaves a trouble; undefined when nobody was told of it, or it was left before. */
export async function leaveThread(tx: Tx, organisation: string, key: string, at: Date): Promise<number | undefined> {
  const row = await tx.maybe(sql<{ episode: number }>`
    update notify.thread set open = false, changed_at = ${at}
    where organisation = ${organisation} and key = ${key} and open returning episode`);
  return row?.episode;
}

/** Everything told, or to be told, about a trouble while it lasted. */
export const begunIn = (tx: Tx, organisation: string, thread: string, episode: number): Promise<Delivery[]> =>
  tx.all(sql<Delivery>`
    select ${deliveryColumns} from notify.delivery d
    where d.organisation = ${organisation} and d.thread = ${thread} and d.episode = ${episode} and d.phase in ('open', 'update')
    order by d.created_at, d.id for update`);

/** Who was told, or is being told, of the lead or any other alarm of an incident that is not over for him. */
export const toldOfIncident = (
  tx: Tx,
  organisation: string,
  incident: { id: string; lead: string },
): Promise<Pick<Delivery, 'channel' | 'channelId' | 'receiver'>[]> =>
  tx.all(sql<Pick<Delivery, 'channel' | 'channelId' | 'receiver'>>`
    select distinct d.channel, d.channel_id as "channelId", d.receiver from notify.delivery d
      join notify.thread t on t.organisation = d.organisation and t.key = d.thread and t.episode = d.episode and t.open
    where d.organisation = ${organisation} and d.phase in ('open', 'update') and d.state in ('queued', 'sent')
      and (d.incident = ${incident.id} or d.thread = ${`alarm:${incident.lead}`})`);

export async function suppress(tx: Tx, ids: readonly string[], reason: string): Promise<void> {
  if (ids.length === 0) return;
  await tx.run(
    sql`update notify.delivery set state = 'suppressed', reason = ${reason}, next_at = null where id = any(${ids})`,
  );
}

/** Due deliveries nobody else is sending; a lease that ran out is taken over. */
export const takeDue = (tx: Tx, now: Date, limit: number): Promise<Delivery[]> =>
  tx.all(sql<Delivery>`
    select ${deliveryColumns} from notify.delivery d
    where d.state = 'queued' and d.next_at <= ${now} and (d.leased_until is null or d.leased_until <= ${now})
    order by d.next_at, d.created_at, d.id limit ${limit} for update skip locked`);

/** Others that wait to go out with this one. */
export const gatheredWith = (tx: Tx, row: Delivery, now: Date): Promise<Delivery[]> =>
  tx.all(sql<Delivery>`
    select ${deliveryColumns} from notify.delivery d
    where d.organisation = ${row.organisation} and d.digest_key = ${row.digestKey} and d.state = 'queued' and d.held and d.id <> ${row.id}
      and d.next_at <= ${now} and (d.leased_until is null or d.leased_until <= ${now})
    order by d.created_at, d.id limit 500 for update skip locked`);

/** States of what was told to the same target while the trouble lasted. */
export const begunFor = (tx: Tx, row: Delivery): Promise<Pick<Delivery, 'state'>[]> =>
  tx.all(sql<Pick<Delivery, 'state'>>`
    select state from notify.delivery
    where organisation = ${row.organisation} and thread = ${row.thread} and episode = ${row.episode} and phase in ('open', 'update')
      and channel = ${row.channel} and receiver = ${row.receiver} and channel_id is not distinct from ${row.channelId}::uuid`);

export async function postpone(tx: Tx, id: string, until: Date): Promise<void> {
  await tx.run(sql`update notify.delivery set next_at = ${until} where id = ${id}`);
}

export async function lease(tx: Tx, ids: readonly string[], until: Date): Promise<void> {
  await tx.run(sql`update notify.delivery set leased_until = ${until}, attempts = attempts + 1 where id = any(${ids})`);
}

/** A message that went: the leader and those gathered into it. */
export async function markSent(
  tx: Tx,
  leader: string,
  members: readonly string[],
  sentTo: string,
  at: Date,
): Promise<void> {
  await tx.run(sql`
    update notify.delivery set state = 'sent', sent_at = ${at}, sent_to = ${sentTo}, error = null, reason = null, next_at = null,
      leased_until = null, merged_into = case when id = ${leader} then null else ${leader}::uuid end
    where id = any(${[leader, ...members]})`);
}

/** A message that did not go: tried again at `nextAt`, or given up. */
export async function markFailed(
  tx: Tx,
  ids: readonly string[],
  error: string,
  nextAt: Date | undefined,
): Promise<void> {
  await tx.run(sql`
    update notify.delivery set state = ${nextAt ? 'queued' : 'failed'}, error = ${error.slice(0, 500)}, next_at = ${nextAt ?? null},
      leased_until = null where id = any(${ids})`);
}
