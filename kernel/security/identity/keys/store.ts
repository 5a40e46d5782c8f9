import { type Query, sql, type Tx } from '@keystead/kernel/db';

export interface KeyRow {
  id: string;
  account: string;
  owner: string;
  name: string;
  permissions: string[] | null;
  reach: 'organisation' | 'places';
  places: { id: string; path: string }[];
  perMinute: number;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
  madeAt: Date;
}

const columns = sql.raw(`k.id, k.account, u.name as owner, k.name, k.permissions, k.reach, k.per_minute as "perMinute",
  k.expires_at as "expiresAt", k.last_used_at as "lastUsedAt", k.revoked_at as "revokedAt", k.made_at as "madeAt",
  (select coalesce(json_agg(json_build_object('id', p.place, 'path', p.path) order by p.path), '[]')
    from identity.api_key_place p where p.api_key = k.id) as places`);

export const keyList = (after: { madeAt: Date; id: string } | undefined, limit: number): Query<KeyRow> => sql<KeyRow>`
  select ${columns} from identity.api_key k join identity.account u on u.id = k.account where k.revoked_at is null
  ${after ? sql`and (k.made_at, k.id) < (${after.madeAt}, ${after.id}::uuid)` : sql``}
  order by k.made_at desc, k.id desc limit ${limit}`;

export const keyById = (id: string): Query<KeyRow> =>
  sql<KeyRow>`select ${columns} from identity.api_key k join identity.account u on u.id = k.account
    where k.id = ${id} and k.revoked_at is null`;

/** A living key by its digest. Its owner's rights are asked separately. */
export const keyByHash = (hash: Buffer, now: Date): Query<KeyRow> =>
  sql<KeyRow>`select ${columns} from identity.api_key k join identity.account u on u.id = k.account
    where k.hash = ${hash} and k.revoked_at is null and (k.expires_at is null or k.expires_at > ${now}) and u.state = 'active'`;

export interface NewKey {
  id: string;
  organisation: string;
  account: string;
  name: string;
  hash: Buffer;
  permissions: string[] | null;
  reach: 'organisation' | 'places';
  perMinute: number;
  expiresAt: Date | null;
}

export async function addKey(tx: Tx, made: NewKey, paths: Map<string, string>, now: Date): Promise<void> {
  await tx.run(sql`insert into identity.api_key (id, organisation, account, name, hash, permissions, reach, per_minute,
      expires_at, made_at)
    values (${made.id}, ${made.organisation}, ${made.account}, ${made.name}, ${made.hash}, ${made.permissions},
      ${made.reach}, ${made.perMinute}, ${made.expiresAt}, ${now})`);
  for (const [place, path] of paths)
    await tx.run(sql`insert into identity.api_key_place (api_key, organisation, place, path)
      values (${made.id}, ${made.organisation}, ${place}, ${path})`);
}

export const revokeKey = (id: string, now: Date): Query<unknown> =>
  sql`update identity.api_key set revoked_at = ${now} where id = ${id} and revoked_at is null`;

/** Keys of a name that are not this one: what a setting or an earlier start had left. */
export const revokeOthers = (account: string, name: string, hash: Buffer | null, now: Date): Query<unknown> => sql`
  update identity.api_key set revoked_at = ${now}
  where account = ${account} and name = ${name} and revoked_at is null and (${hash}::bytea is null or hash <> ${hash}::bytea)`;

export const livingKey = (hash: Buffer): Query<{ id: string; revokedAt: Date | null }> =>
  sql`select id, revoked_at as "revokedAt" from identity.api_key where hash = ${hash}`;

/** A key of a setting that was taken out and put back. */
export const reviveKey = (id: string, account: string, name: string): Query<unknown> => sql`
  update identity.api_key set revoked_at = null, account = ${account}, name = ${name}, permissions = null where id = ${id}`;

export const noteUsed = (id: string, now: Date): Query<unknown> =>
  sql`update identity.api_key set last_used_at = ${now} where id = ${id}`;
