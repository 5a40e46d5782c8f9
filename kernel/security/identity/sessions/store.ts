import { type Query, sql, type Tx } from '@keystead/kernel/db';
import type { Account } from '../people/account.ts';
import type { Organisation } from '../people/organisation.ts';
import type { Reach } from '../rights/reach.ts';
import { inForce } from '../rights/store.ts';
import type { SessionStatus } from './session.ts';

/** One role of an account as far as it counts for what the account may do. */
export interface Grant {
  code: string;
  permissions: string[];
  denies: string[];
  reach: Reach;
  paths: string[];
}

/** An account with what it may do now. */
export interface Holder {
  account: string;
  userName: string;
  name: string;
  language: Account['language'];
  state: Account['state'];
  kind: Account['kind'];
  organisation: string;
  organisationName: string;
  secondFactor: Organisation['secondFactor'];
  idleMinutes: number;
  absoluteMinutes: number;
  enrolled: boolean;
  mustChange: boolean;
  grants: Grant[];
}

const holderColumns = (
  now: Date,
) => sql`u.id as account, u.user_name as "userName", u.name, u.language, u.state, u.kind,
  u.organisation, o.name as "organisationName", o.second_factor as "secondFactor", o.idle_minutes as "idleMinutes",
  o.absolute_minutes as "absoluteMinutes",
  exists (select 1 from identity.factor f where f.account = u.id and f.confirmed_at is not null) as enrolled,
  coalesce((select w.must_change from identity.password w where w.account = u.id), false) as "mustChange",
  (select coalesce(json_agg(json_build_object('code', r.code, 'permissions', r.permissions, 'denies', r.denies, 'reach', a.reach,
      'paths', (select coalesce(json_agg(p.path), '[]') from identity.assignment_place p where p.assignment = a.id))), '[]')
    from identity.assignment a join identity.role r on r.id = a.role
    where a.account = u.id and ${inForce('a', now)}) as grants`;

export const holderById = (account: string, now: Date): Query<Holder> => sql<Holder>`
  select ${holderColumns(now)} from identity.account u join identity.organisation o on o.id = u.organisation
  where u.id = ${account}`;

export const credentialByName = (userName: string): Query<{ account: string; hash: string | null }> => sql`
  select u.id as account, w.hash from identity.account u left join identity.password w on w.account = u.id
  where lower(u.user_name) = ${userName.toLowerCase()} and u.state = 'active'`;

/** Two at most: more than one is as good as none. */
export const tenantsByPhone = (phone: string): Query<{ account: string; organisation: string }> => sql`
  select id as account, organisation from identity.account
  where kind = 'tenant' and state = 'active' and phone = ${phone} limit 2`;

export const credentialOf = (account: string): Query<{ hash: string }> =>
  sql`select hash from identity.password where account = ${account}`;

export const replaceHash = (account: string, before: string, after: string): Query<unknown> =>
  sql`update identity.password set hash = ${after} where account = ${account} and hash = ${before}`;

export interface Session {
  id: string;
  account: string;
  organisation: string;
  status: SessionStatus;
  /** Opened by a one-time code: no password was shown, so none has to be changed. */
  byCode: boolean;
  madeAt: Date;
  seenAt: Date;
  expiresAt: Date;
  freshUntil: Date;
  from: string;
  userAgent: string;
  endedAt: Date | null;
  endReason: string | null;
}

const sessionColumns =
  sql.raw(`s.id, s.account, s.organisation, s.status, s.by_code as "byCode", s.made_at as "madeAt", s.seen_at as "seenAt",
  s.expires_at as "expiresAt", s.fresh_until as "freshUntil", s.from_address as "from", s.user_agent as "userAgent",
  s.ended_at as "endedAt", s.end_reason as "endReason"`);

export const addSession = (made: Omit<Session, 'endedAt' | 'endReason'>, hash: Buffer): Query<unknown> => sql`
  insert into identity.session (id, organisation, account, hash, status, by_code, made_at, seen_at, expires_at,
    fresh_until, from_address, user_agent)
  values (${made.id}, ${made.organisation}, ${made.account}, ${hash}, ${made.status}, ${made.byCode}, ${made.madeAt}, ${made.seenAt},
    ${made.expiresAt}, ${made.freshUntil}, ${made.from}, ${made.userAgent})`;

/** The open session of a token with its holder: what the authenticator asks. */
export const openSession = (hash: Buffer, now: Date): Query<Session & Holder> => sql<Session & Holder>`
  select ${holderColumns(now)}, ${sessionColumns} from identity.session s
  join identity.account u on u.id = s.account join identity.organisation o on o.id = u.organisation
  where s.hash = ${hash} and s.ended_at is null`;

export const sessionById = (id: string): Query<Session> =>
  sql<Session>`select ${sessionColumns} from identity.session s where s.id = ${id} and s.ended_at is null`;

export const sessionsOf = (account: string): Query<Session> =>
  sql<Session>`select ${sessionColumns} from identity.session s where s.account = ${account} and s.ended_at is null
    order by s.made_at desc, s.id desc limit 200`;

export const openSessionIds = (accounts: readonly string[]): Query<{ id: string }> =>
  sql`select id from identity.session where account = any(${[...accounts]}::uuid[]) and ended_at is null`;

/** A step up: another token, another status, and sensitive acts are covered anew. */
export const renewSession = (id: string, hash: Buffer, status: SessionStatus, freshUntil: Date): Query<unknown> =>
  sql`update identity.session set hash = ${hash}, status = ${status}, fresh_until = ${freshUntil} where id = ${id} and ended_at is null`;

export const refresh = (id: string, freshUntil: Date): Query<unknown> =>
  sql`update identity.session set fresh_until = ${freshUntil} where id = ${id} and ended_at is null`;

export const noteSeen = (id: string, now: Date): Query<unknown> =>
  sql`update identity.session set seen_at = greatest(seen_at, ${now}) where id = ${id} and ended_at is null`;

export interface Ended {
  id: string;
  account: string;
  organisation: string;
}

const ending = sql.raw('returning s.id, s.account, s.organisation');

export const endSession = (id: string, reason: string, now: Date): Query<Ended> => sql<Ended>`
  update identity.session s set ended_at = ${now}, end_reason = ${reason} where s.id = ${id} and s.ended_at is null ${ending}`;

/** All open sessions of an account but one. */
export const endSessionsOf = (
  account: string,
  except: string | null,
  reason: string,
  now: Date,
): Query<Ended> => sql<Ended>`
  update identity.session s set ended_at = ${now}, end_reason = ${reason}
  where s.account = ${account} and s.ended_at is null and (${except}::uuid is null or s.id <> ${except}::uuid) ${ending}`;

/** Beyond the fifty newest the oldest end. */
export const endSurplus = (account: string, now: Date): Query<Ended> => sql<Ended>`
  update identity.session s set ended_at = ${now}, end_reason = 'too-many'
  where s.id in (select o.id from identity.session o where o.account = ${account} and o.ended_at is null
    order by o.made_at desc, o.id desc offset 50) ${ending}`;

/** Sessions of an organisation whose holders have no second factor, when one is required from now on. */
export const endUnenrolled = (organisation: string, except: string | null, now: Date): Query<Ended> => sql<Ended>`
  update identity.session s set ended_at = ${now}, end_reason = 'second-factor-required'
  where s.organisation = ${organisation} and s.ended_at is null and (${except}::uuid is null or s.id <> ${except}::uuid)
    and not exists (select 1 from identity.factor f where f.account = s.account and f.confirmed_at is not null) ${ending}`;

/** Sessions whose time is over, a bounded number at once. */
export const endExpired = (now: Date): Query<Ended & { reason: string }> => sql<Ended & { reason: string }>`
  update identity.session s set ended_at = ${now}, end_reason = x.reason
  from (select e.id, case when e.expires_at <= ${now} then 'absolute' else 'idle' end as reason
    from identity.session e join identity.organisation o on o.id = e.organisation
    where e.ended_at is null
      and (e.expires_at <= ${now} or e.seen_at < ${now}::timestamptz - make_interval(mins => o.idle_minutes))
    limit 500 for update of e skip locked) x
  where s.id = x.id returning s.id, s.account, s.organisation, x.reason`;

/** Ended sessions are history for a while, the journal has them for good. */
export const forgetEnded = (before: Date): Query<unknown> =>
  sql`delete from identity.session where ended_at < ${before}`;

export const addRecoveryCodes = async (tx: Tx, holder: { account: string; organisation: string }, hashes: Buffer[]) => {
  await tx.run(sql`delete from identity.recovery_code where account = ${holder.account}`);
  for (const hash of hashes)
    await tx.run(sql`insert into identity.recovery_code (account, organisation, hash)
      values (${holder.account}, ${holder.organisation}, ${hash})`);
};

/** True once for each code. */
export const useRecoveryCode = async (tx: Tx, account: string, hash: Buffer, now: Date): Promise<boolean> =>
  (await tx.run(sql`update identity.recovery_code set used_at = ${now}
    where account = ${account} and hash = ${hash} and used_at is null`)) === 1;

export const recoveryCodesLeft = (account: string): Query<{ count: number }> =>
  sql`select count(*)::int as count from identity.recovery_code where account = ${account} and used_at is null`;
