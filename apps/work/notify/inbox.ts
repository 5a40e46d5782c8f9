import type { Actor } from '@keystead/contracts/access';
import { messageFateKnown } from '@keystead/contracts/events/notify';
import type { Clock } from '@keystead/kernel/base';
import type { Outbox } from '@keystead/kernel/bus';
import { type Db, sql, type Tx } from '@keystead/kernel/db';
import { readCursor, writeCursor } from '@keystead/kernel/http';
import type { Audit } from '@keystead/kernel/security/audit';
import { type MessageRow, messageColumns } from './message-store.ts';
import { carriedTexts } from './notice.ts';
import { MessageMissing } from './problems.ts';

type Parts = { db: Db; clock: Clock; audit: Audit; outbox: Outbox };

/** A person's own messages. Everything is of the actor; nobody reads another's. */
export function createInbox({ db, clock, audit, outbox }: Parts) {
  const mine = (actor: Actor) => sql`organisation = ${actor.scope.organisation} and receiver = ${actor.id}`;

  /** Marks what was not read yet; that a carried text was read is told to the module that had it carried. */
  async function read(tx: Tx, actor: Actor, which: ReturnType<typeof sql>): Promise<number> {
    const at = clock.now();
    const fresh = await tx.all(sql<{ trigger: string; about: string }>`
      update notify.message set read_at = ${at} where ${mine(actor)} and read_at is null and ${which} returning trigger, about_id as about`);
    for (const { trigger, about } of fresh)
      if (carriedTexts.some((text) => text === trigger)) {
        const told = { message: about, way: 'in-app', fate: 'read', code: '', at: at.toISOString() } as const;
        await outbox.add(tx, messageFateKnown, { organisation: actor.scope.organisation, place: '' }, told);
      }
    return fresh.length;
  }

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
        const fresh = await read(tx, actor, sql`id = ${id}`);
        if (fresh === 0 && !(await tx.maybe(sql`select from notify.message where ${mine(actor)} and id = ${id}`)))
          throw new MessageMissing({ id });
        await audit.add(tx, actor, { action: 'message.read', subject: `message:${id}` });
      }),

    markAllRead: (actor: Actor): Promise<number> =>
      db.transaction(actor.scope, async (tx) => {
        const touched = await read(tx, actor, sql`true`);
        await audit.add(tx, actor, { action: 'message.read-all', subject: `inbox:${actor.id}`, detail: { touched } });
        return touched;
      }),
  };
}

export type Inbox = ReturnType<typeof createInbox>;
