import type { Actor } from '@keystead/contracts/access';
import type { Clock } from '@keystead/kernel/base';
import { type Db, sql } from '@keystead/kernel/db';
import { readCursor, writeCursor } from '@keystead/kernel/http';
import type { Audit } from '@keystead/kernel/security/audit';
import { type MessageRow, messageColumns } from './message-store.ts';
import { MessageMissing } from './problems.ts';

/** A person's own messages. Everything is of the actor; nobody reads another's. */
export function createInbox({ db, clock, audit }: { db: Db; clock: Clock; audit: Audit }) {
  const mine = (actor: Actor) => sql`organisation = ${actor.scope.organisation} and receiver = ${actor.id}`;

  return {
    messages: async (actor: Actor, { unread, limit, cursor }: { unread?: boolean; limit: number; cursor?: string }) => {
      const after = cursor ? readCursor(cursor) : undefined;
      const found = await db.read(
        actor.scope,
        sql<MessageRow>`
          select ${messageColumns} from notify.message where ${mine(actor)} and ${unread ? sql`read_at is null` : sql`true`}
            and ${after ? sql`(created_at, id) < (${after.at}, ${after.id})` : sql`true`}
          order by created_at desc, id desc limit ${limit + 1}`,
      );
      const items = found.slice(0, limit);
      const last = items.at(-1);
      return { items, next: found.length > limit && last ? writeCursor(last.createdAt, last.id) : null };
    },

    unreadCount: async (actor: Actor): Promise<number> => {
      const [row] = await db.read(
        actor.scope,
        sql<{
          count: number;
        }>`select count(*)::int as count from notify.message where ${mine(actor)} and read_at is null`,
      );
      return row?.count ?? 0;
    },

    /** Throws MessageMissing for one that is not the actor's. */
    markRead: (actor: Actor, id: string) =>
      db.transaction(actor.scope, async (tx) => {
        const touched = await tx.run(sql`
          update notify.message set read_at = coalesce(read_at, ${clock.now()}) where ${mine(actor)} and id = ${id}`);
        if (touched === 0) throw new MessageMissing({ id });
        await audit.add(tx, actor, { action: 'message.read', subject: `message:${id}` });
      }),

    markAllRead: (actor: Actor): Promise<number> =>
      db.transaction(actor.scope, async (tx) => {
        const touched = await tx.run(
          sql`update notify.message set read_at = ${clock.now()} where ${mine(actor)} and read_at is null`,
        );
        await audit.add(tx, actor, { action: 'message.read-all', subject: `inbox:${actor.id}`, detail: { touched } });
        return touched;
      }),
  };
}

export type Inbox = ReturnType<typeof createInbox>;
