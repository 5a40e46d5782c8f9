import type { Actor } from '@keystead/contracts/access';
import { inSubtrees, type Query, sql } from '@keystead/kernel/db';
import type { Cursor } from './line.ts';
import type { LineFilter, VerificationView } from './schemas.ts';

export interface LineRow {
  id: string;
  micros: number;
  kind: string;
  actorKind: string;
  actorId: string;
  actorName: string;
  from: string;
  action: string;
  subject: string;
  outcome: string;
  purpose: string;
  place: string;
  detail: string;
  seq: number | null;
  hash: string | null;
}

const columns =
  sql.raw(`l.id, (extract(epoch from l.at) * 1000000)::bigint as micros, l.kind, l.actor_kind as "actorKind",
  l.actor_id as "actorId", l.actor_name as "actorName", l.from_address as "from", l.action, l.subject, l.outcome,
  l.purpose, l.place, l.detail, s.seq, encode(s.hash, 'hex') as hash`);

const literal = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

/**
 * What an actor may read: lines of his organisation at his places, and always his own acts. The application role has no
 * right to read the journal at all, so this is asked as the platform and the scope stands here.
 */
const visible = (actor: Actor) =>
  sql`l.organisation = ${actor.scope.organisation} and (${inSubtrees(actor.scope, 'l.place')} or l.actor_id = ${actor.id})`;

const beginning = (action: string) => sql`(l.action = ${action} or l.action like ${`${literal(action)}.%`})`;

const searched = (text: string) => {
  const like = `%${literal(text)}%`;
  return sql`(l.actor_name ilike ${like} or l.subject ilike ${like} or l.from_address ilike ${like})`;
};

const matching = (filter: LineFilter) => sql`true
  ${filter.from ? sql`and l.at >= ${new Date(filter.from)}` : sql``}
  ${filter.to ? sql`and l.at < ${new Date(filter.to)}` : sql``}
  ${filter.actor ? sql`and l.actor_id = ${filter.actor}` : sql``}
  ${filter.action ? sql`and ${beginning(filter.action)}` : sql``}
  ${filter.subject ? sql`and l.subject = ${filter.subject}` : sql``}
  ${filter.kind ? sql`and l.kind = ${filter.kind}` : sql``}
  ${filter.outcome ? sql`and l.outcome = ${filter.outcome}` : sql``}
  ${filter.text ? sql`and ${searched(filter.text)}` : sql``}`;

const timeOf = (micros: number) => sql`(timestamptz 'epoch' + ${micros}::bigint * interval '1 microsecond')`;

/** Newest first; `limit` counts one more than a page holds. */
export const lines = (actor: Actor, filter: LineFilter, after: Cursor | undefined, limit: number): Query<LineRow> =>
  sql<LineRow>`select ${columns} from audit.line l left join audit.seal s on s.line = l.id
    where ${visible(actor)} and ${matching(filter)}
    ${after ? sql`and (l.at, l.id) < (${timeOf(after.micros)}, ${after.id}::uuid)` : sql``}
    order by l.at desc, l.id desc limit ${limit}`;

export const lineById = (actor: Actor, id: string): Query<LineRow> =>
  sql<LineRow>`select ${columns} from audit.line l left join audit.seal s on s.line = l.id
    where l.id = ${id} and ${visible(actor)}`;

export interface VerificationRow {
  id: string;
  startedAt: Date;
  state: VerificationView['state'];
  done: number;
  total: number;
  report: VerificationView['report'];
}

const verification = sql.raw(`id, started_at as "startedAt", state, done, total, report`);

/** A run that has not been heard of for a minute died with its process. */
export const runningVerification = (now: Date): Query<VerificationRow> =>
  sql<VerificationRow>`select ${verification} from audit.verification
    where state = 'running' and seen_at > ${new Date(now.getTime() - 60_000)} order by started_at desc limit 1`;

export const addVerification = (id: string, actor: Actor, now: Date): Query<unknown> => sql`
  insert into audit.verification (id, organisation, actor, started_at, seen_at, state, done, total)
  values (${id}, ${actor.scope.organisation}, ${actor.id}, ${now}, ${now}, 'running', 0, 0)`;

export const noteProgress = (id: string, done: number, total: number, now: Date): Query<unknown> =>
  sql`update audit.verification set done = ${done}, total = ${total}, seen_at = ${now} where id = ${id}`;

export const endVerification = (id: string, state: 'done' | 'failed', report: unknown, now: Date): Query<unknown> =>
  sql`update audit.verification set state = ${state}, report = ${report === null ? null : JSON.stringify(report)},
    seen_at = ${now} where id = ${id}`;

export const verifications = (limit: number): Query<VerificationRow> =>
  sql<VerificationRow>`select ${verification} from audit.verification order by started_at desc, id desc limit ${limit}`;

export const verificationById = (id: string): Query<VerificationRow> =>
  sql<VerificationRow>`select ${verification} from audit.verification where id = ${id}`;

/** The last hundred runs are kept. */
export const forgetVerifications: Query<unknown> = sql`delete from audit.verification where id in (
  select id from audit.verification order by started_at desc, id desc offset 100)`;
