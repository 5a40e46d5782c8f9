import { type Query, sql } from '@keystead/kernel/db';
import type { Account } from './account.ts';
import type { Organisation } from './organisation.ts';

const accountColumns = sql.raw(`u.id, u.organisation, u.kind, u.user_name as "userName", u.name, u.phone, u.email,
  u.language, u.state, u.version, u.made_at as "madeAt"`);

const literal = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

export const accountById = (organisation: string, id: string): Query<Account> =>
  sql<Account>`select ${accountColumns} from identity.account u where u.id = ${id} and u.organisation = ${organisation}`;

export interface AccountQuery {
  text?: string;
  state?: string;
  kind?: string;
  role?: string;
  after?: { userName: string; id: string };
  limit: number;
}

export const accounts = (organisation: string, query: AccountQuery): Query<Account> => {
  const like = `%${literal(query.text ?? '')}%`;
  return sql<Account>`select ${accountColumns} from identity.account u where u.organisation = ${organisation}
    ${query.text ? sql`and (u.user_name ilike ${like} or u.name ilike ${like} or u.phone ilike ${like} or u.email ilike ${like})` : sql``}
    ${query.state ? sql`and u.state = ${query.state}` : sql`and u.state <> 'deleted'`}
    ${query.kind ? sql`and u.kind = ${query.kind}` : sql``}
    ${query.role ? sql`and exists (select 1 from identity.assignment a where a.account = u.id and a.role = ${query.role})` : sql``}
    ${query.after ? sql`and (lower(u.user_name), u.id) > (${query.after.userName.toLowerCase()}, ${query.after.id}::uuid)` : sql``}
    order by lower(u.user_name), u.id limit ${query.limit}`;
};

/** No row when the user name is taken. */
export const addAccount = (made: Omit<Account, 'version'>): Query<Account> => sql<Account>`
  insert into identity.account as u (id, organisation, kind, user_name, name, phone, email, language, state, made_at, changed_at)
  values (${made.id}, ${made.organisation}, ${made.kind}, ${made.userName}, ${made.name}, ${made.phone}, ${made.email},
    ${made.language}, ${made.state}, ${made.madeAt}, ${made.madeAt})
  on conflict do nothing returning ${accountColumns}`;

export const isUserNameTaken = (userName: string, except: string): Query<{ taken: boolean }> => sql`
  select exists (select 1 from identity.account
    where lower(user_name) = ${userName.toLowerCase()} and state <> 'deleted' and id <> ${except}) as taken`;

/** No row when the version is another by now. */
export const saveAccount = (account: Account, now: Date): Query<Account> => sql<Account>`
  update identity.account u set kind = ${account.kind}, user_name = ${account.userName}, name = ${account.name},
    phone = ${account.phone}, email = ${account.email}, language = ${account.language}, state = ${account.state},
    version = version + 1, changed_at = ${now}
  where u.id = ${account.id} and u.version = ${account.version} returning ${accountColumns}`;

const organisationColumns = sql.raw(`id, kind, name, second_factor as "secondFactor", idle_minutes as "idleMinutes",
  absolute_minutes as "absoluteMinutes", version`);

export const organisationById = (id: string): Query<Organisation> =>
  sql<Organisation>`select ${organisationColumns} from identity.organisation where id = ${id}`;

export const organisations: Query<Organisation> = sql<Organisation>`select ${organisationColumns} from identity.organisation order by made_at, id limit 1000`;

/** Who runs the installation: the first operating body. */
export const operatingBody: Query<Organisation> = sql<Organisation>`select ${organisationColumns}
  from identity.organisation where kind = 'operating-body' order by made_at, id limit 1`;

export const addOrganisation = (
  made: Omit<Organisation, 'version'>,
  now: Date,
): Query<Organisation> => sql<Organisation>`
  insert into identity.organisation (id, kind, name, second_factor, idle_minutes, absolute_minutes, made_at)
  values (${made.id}, ${made.kind}, ${made.name}, ${made.secondFactor}, ${made.idleMinutes}, ${made.absoluteMinutes}, ${now})
  returning ${organisationColumns}`;

export const saveOrganisation = (made: Organisation): Query<Organisation> => sql<Organisation>`
  update identity.organisation set name = ${made.name}, second_factor = ${made.secondFactor},
    idle_minutes = ${made.idleMinutes}, absolute_minutes = ${made.absoluteMinutes}, version = version + 1
  where id = ${made.id} and version = ${made.version} returning ${organisationColumns}`;

/** Sets a password, or replaces it. */
export const setPassword = (
  account: { id: string; organisation: string },
  hash: string,
  mustChange: boolean,
  now: Date,
): Query<unknown> => sql`
  insert into identity.password (account, organisation, hash, set_at, must_change)
  values (${account.id}, ${account.organisation}, ${hash}, ${now}, ${mustChange})
  on conflict (account) do update set hash = excluded.hash, set_at = excluded.set_at, must_change = excluded.must_change`;

export const removePassword = (account: string): Query<unknown> =>
  sql`delete from identity.password where account = ${account}`;

export const removeFactors = (account: string): Query<unknown> =>
  sql`with codes as (delete from identity.recovery_code where account = ${account})
    delete from identity.factor where account = ${account}`;

export const hasFactor = (accounts: readonly string[]): Query<{ account: string }> =>
  sql`select account from identity.factor where account = any(${[...accounts]}::uuid[]) and confirmed_at is not null`;

export const revokeKeys = (account: string, now: Date): Query<unknown> =>
  sql`update identity.api_key set revoked_at = ${now} where account = ${account} and revoked_at is null`;
