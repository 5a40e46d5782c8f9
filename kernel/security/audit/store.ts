import { type Query, sql, type Tx } from '@keystead/kernel/db';
import type { SealedLine } from './chain.ts';

const columns = sql.raw(`l.id, (extract(epoch from l.at) * 1000000)::bigint as at, l.organisation, l.place, l.kind,
  l.actor_kind as "actorKind", l.actor_id as "actorId", l.actor_name as "actorName", l.from_address as "from",
  l.session, l.action, l.subject, l.outcome, l.purpose, l.detail`);

/** One sealer in the whole installation at a time. */
export const takeSealerLock: Query<{ mine: boolean }> = sql`select pg_try_advisory_xact_lock(7020140) as mine`;

export interface Head {
  seq: number;
  hash: Buffer;
}

export const readHead = (tx: Tx): Promise<Head | undefined> =>
  tx.maybe(sql<Head>`select seq, hash from audit.seal order by seq desc limit 1`);

/** Committed lines that wait for their seal, in the order they were written. One whose row is gone waits for ever: it is found so. */
export const readUnsealed = (limit: number): Query<SealedLine> => sql`
  select ${columns} from audit.unsealed u join audit.line l on l.id = u.line order by u.n limit ${limit}`;

export const appendChain = (firstSeq: number, ids: string[], hashes: Buffer[], at: Date): Query<unknown> =>
  sql`select audit.chain(${firstSeq}, ${ids}::uuid[], ${hashes}::bytea[], ${at})`;

/** A link of the chain with its line; the line's columns are null when it is gone. */
export type Link = Omit<SealedLine, 'id'> & { id: string | null; seq: number; line: string; hash: Buffer };

export const readLinks = (after: number, limit: number): Query<Link> => sql`
  select s.seq, s.line, s.hash, ${columns} from audit.seal s left join audit.line l on l.id = s.line
  where s.seq > ${after} order by s.seq limit ${limit}`;

/** Lines that neither the chain nor the waiting list knows: put there behind the journal's back. */
export const readStrays = (limit: number): Query<{ id: string }> => sql`
  select l.id from audit.line l
  where not exists (select 1 from audit.seal s where s.line = l.id)
    and not exists (select 1 from audit.unsealed u where u.line = l.id) limit ${limit}`;

export interface Waiting {
  count: number;
  gone: number;
  oldest: Date | null;
}

export const readWaiting: Query<Waiting> = sql`
  select count(*)::int as count, (count(*) filter (where l.id is null))::int as gone, min(l.at) as oldest
  from audit.unsealed u left join audit.line l on l.id = u.line`;

export const readExtent: Query<{ first: number | null; last: number | null; count: number }> = sql`
  select min(seq) as first, max(seq) as last, count(*)::int as count from audit.seal`;

export const readRetention: Query<{ days: number }> = sql`select days from audit.retention`;
export const keepFor = (days: number): Query<unknown> => sql`select audit.keep_for(${days})`;

export const pruneThrough = (seq: number): Query<{ gone: number }> => sql`select audit.prune(${seq}) as gone`;

/** Is every sealed line up to `seq` older than `before`? */
export const anyYounger = (seq: number, before: Date): Query<{ found: boolean }> => sql`
  select exists (select 1 from audit.seal s join audit.line l on l.id = s.line
    where s.seq <= ${seq} and l.at > ${before}) as found`;

export const readSeal = (seq: number): Query<{ hash: Buffer }> => sql`select hash from audit.seal where seq = ${seq}`;

export interface ActionUse {
  actor: string;
  action: string;
}

/** Which actions which actors have to their names since a time, each once. */
export const actionsSince = (organisation: string, since: Date): Query<ActionUse> => sql`
  select actor_id as actor, action from audit.line
  where organisation = ${organisation} and at >= ${since} and outcome = 'done' group by actor_id, action`;
