import type { Scope } from '@keystead/contracts/access';
import type { StoreLevel } from '@keystead/contracts/labels';
import { inSubtrees, sql, type Tx } from '@keystead/kernel/db';
import type { FileRecord, RecordState } from './record.ts';

const fields = sql`id, organisation, place, subject, name, media_type as "mediaType", size, encode(hash, 'hex') as hash, object,
  store_level as "storeLevel", transfer_level as "transferLevel", retention_years as "retentionYears", keep_until as "keepUntil",
  legal_hold as "legalHold", state, created_at as "createdAt", created_by as "createdBy", created_by_name as "createdByName",
  removed_at as "removedAt", version`;

export const find = (tx: Tx, scope: Scope, id: string, lock = false): Promise<FileRecord | undefined> =>
  tx.maybe(sql<FileRecord>`
    select ${fields} from records.record where id = ${id} and ${inSubtrees(scope, 'place')} ${lock ? sql`for update` : sql``}`);

/** Kept records of a subject, newest first. */
export const listQuery = (scope: Scope, subject: string, limit: number, before: string | undefined) => sql<FileRecord>`
  select ${fields} from records.record
  where organisation = ${scope.organisation} and subject = ${subject} and state = 'kept' and ${inSubtrees(scope, 'place')}
    ${before === undefined ? sql`` : sql`and id < ${before}`}
  order by id desc limit ${limit}`;

export async function insert(tx: Tx, record: FileRecord): Promise<void> {
  await tx.run(sql`
    insert into records.record (id, organisation, place, subject, name, media_type, size, hash, object, store_level, transfer_level,
      retention_years, keep_until, legal_hold, state, created_at, created_by, created_by_name)
    values (${record.id}, ${record.organisation}, ${record.place}, ${record.subject}, ${record.name}, ${record.mediaType},
      ${record.size}, ${Buffer.from(record.hash, 'hex')}, ${record.object}, ${record.storeLevel}, ${record.transferLevel},
      ${record.retentionYears}, ${record.keepUntil}, ${record.legalHold}, ${record.state}, ${record.createdAt},
      ${record.createdBy}, ${record.createdByName})`);
}

/** A live object of the same contents, held so that it does not go before the transaction ends. */
export async function sameContents(
  tx: Tx,
  organisation: string,
  hash: string,
  storeLevel: StoreLevel,
): Promise<string | undefined> {
  const found = await tx.maybe(sql<{ id: string }>`
    select id from records.object where organisation = ${organisation} and hash = ${Buffer.from(hash, 'hex')}
      and store_level = ${storeLevel} and shredded_at is null for update`);
  return found?.id;
}

export interface StoredObject {
  id: string;
  organisation: string;
  hash: string;
  storeLevel: StoreLevel;
  size: number;
  encrypted: boolean;
  madeAt: Date;
}

/** False when another transaction stored the same contents meanwhile. */
export async function insertObject(tx: Tx, object: StoredObject): Promise<boolean> {
  const { id, organisation, hash, storeLevel, size, encrypted, madeAt } = object;
  const made = await tx.run(sql`
    insert into records.object (id, organisation, hash, store_level, size, encrypted, made_at)
    values (${id}, ${organisation}, ${Buffer.from(hash, 'hex')}, ${storeLevel}, ${size}, ${encrypted}, ${madeAt})
    on conflict (organisation, hash, store_level) where shredded_at is null do nothing`);
  return made === 1;
}

export async function end(tx: Tx, id: string, state: RecordState, at: Date): Promise<void> {
  await tx.run(
    sql`update records.record set state = ${state}, removed_at = ${at}, version = version + 1 where id = ${id}`,
  );
}

/** Marks the object as gone when no record stands on it any more; answers whether it is. */
export async function endObject(tx: Tx, id: string, at: Date): Promise<{ encrypted: boolean } | undefined> {
  await tx.run(sql`select 1 from records.object where id = ${id} for update`);
  return tx.maybe(sql<{ encrypted: boolean }>`
    update records.object o set shredded_at = ${at} where id = ${id} and shredded_at is null
      and not exists (select from records.record r where r.object = o.id and r.state = 'kept') returning encrypted`);
}

export async function setHold(tx: Tx, id: string, held: boolean): Promise<void> {
  await tx.run(sql`update records.record set legal_hold = ${held}, version = version + 1 where id = ${id}`);
}

/** Records whose time to be kept is over, oldest first. */
export const dueQuery = (now: Date, limit: number) => sql<FileRecord>`
  select ${fields} from records.record where state = 'kept' and not legal_hold and keep_until <= ${now}
  order by keep_until limit ${limit}`;

export const knownObjects = (ids: readonly string[]) => sql<{ id: string }>`
  select id::text from records.object where id::text = any(${ids}::text[]) and shredded_at is null`;
