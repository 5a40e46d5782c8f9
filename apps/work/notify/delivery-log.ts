import type { Actor } from '@keystead/contracts/access';
import type { Clock } from '@keystead/kernel/base';
import { type Db, inSubtrees, sql, type Tx } from '@keystead/kernel/db';
import { readCursor, writeCursor } from '@keystead/kernel/http';
import type { Audit } from '@keystead/kernel/security/audit';
import type { Delivery, DeliveryState } from './delivery.ts';
import { deliveryColumns } from './delivery-store.ts';
import { DeliveryMissing } from './problems.ts';
import type { ChannelKind } from './rule.ts';

export interface LogFilter {
  readonly state?: DeliveryState;
  readonly channel?: ChannelKind;
  readonly trigger?: string;
  /** `alarm:<id>`. */
  readonly about?: string;
}

interface LogParts {
  db: Db;
  clock: Clock;
  audit: Audit;
  wake: (tx: Tx) => Promise<void>;
}

/** What was told to whom, and how it went; for whoever looks after notices. */
export function createDeliveryLog({ db, clock, audit, wake }: LogParts) {
  return {
    deliveries: async (actor: Actor, filter: LogFilter, { limit, cursor }: { limit: number; cursor?: string }) => {
      const { scope } = actor;
      const all = [sql<boolean>`d.organisation = ${scope.organisation}`, inSubtrees(scope, 'd.place')];
      if (filter.state) all.push(sql`d.state = ${filter.state}`);
      if (filter.channel) all.push(sql`d.channel = ${filter.channel}`);
      if (filter.trigger) all.push(sql`d.trigger = ${filter.trigger}`);
      if (filter.about) {
        const colon = filter.about.indexOf(':');
        all.push(sql`d.about_kind = ${filter.about.slice(0, colon)} and d.about_id = ${filter.about.slice(colon + 1)}`);
      }
      const after = cursor ? readCursor(cursor) : undefined;
      if (after) all.push(sql`(d.created_at, d.id) < (${after.at}, ${after.id})`);
      const found = await db.read(
        scope,
        sql<Delivery>`
          select ${deliveryColumns} from notify.delivery d where ${sql.join(all, sql` and `)}
          order by d.created_at desc, d.id desc limit ${limit + 1}`,
      );
      const items = found.slice(0, limit);
      const last = items.at(-1);
      return { items, next: found.length > limit && last ? writeCursor(last.createdAt, last.id) : null };
    },

    /** Sends once more, at once, whatever became of it. Throws DeliveryMissing. */
    resend: (actor: Actor, id: string) =>
      db.transaction(actor.scope, async (tx) => {
        const now = clock.now();
        const touched = await tx.run(sql`
          update notify.delivery d set state = 'queued', reason = null, held = false, merged_into = null, attempts = 0, error = null,
            next_at = ${now}, leased_until = null
          where d.id = ${id} and d.organisation = ${actor.scope.organisation} and ${inSubtrees(actor.scope, 'd.place')}`);
        if (touched === 0) throw new DeliveryMissing({ id });
        await audit.add(tx, actor, { action: 'delivery.resend', subject: `delivery:${id}` });
        await wake(tx);
      }),

    /** Texts the demonstration provider kept instead of sending. */
    smsOutbox: (actor: Actor, limit: number) =>
      db.read(
        actor.scope,
        sql<{ id: string; delivery: string; receiverName: string; sentTo: string; text: string; at: Date }>`
          select id, delivery, receiver_name as "receiverName", sent_to as "sentTo", text, at from notify.sms_outbox
          where organisation = ${actor.scope.organisation} order by at desc, id desc limit ${limit}`,
      ),
  };
}

export type DeliveryLog = ReturnType<typeof createDeliveryLog>;
