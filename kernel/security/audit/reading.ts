import type { Actor } from '@keystead/contracts/access';
import { inSubtrees, type Query, sql } from '@keystead/kernel/db';

/** Which lines are looked for; times are ISO. */
export interface LineFilter {
  from?: string;
  to?: string;
  /** Id of who acted. */
  actor?: string;
  /** A whole action, or its beginning up to a dot. */
  action?: string;
  subject?: string;
  kind?: string;
  outcome?: string;
  text?: string;
}

/** Where a page ended. */
export interface LineCursor {
  micros: number;
  id: string;
}

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
export const lines = (actor: Actor, filter: LineFilter, after: LineCursor | undefined, limit: number): Query<LineRow> =>
  sql<LineRow>`select ${columns} from audit.line l left join audit.seal s on s.line = l.id
    where ${visible(actor)} and ${matching(filter)}
    ${after ? sql`and (l.at, l.id) < (${timeOf(after.micros)}, ${after.id}::uuid)` : sql``}
    order by l.at desc, l.id desc limit ${limit}`;

export const lineById = (actor: Actor, id: string): Query<LineRow> =>
  sql<LineRow>`select ${columns} from audit.line l left join audit.seal s on s.line = l.id
    where l.id = ${id} and ${visible(actor)}`;
