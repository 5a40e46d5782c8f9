import type { Actor } from '@keystead/contracts/access';
import { InputInvalid, problem } from '@keystead/contracts/problem';
import type { Clock } from '@keystead/kernel/base';
import { type Db, sql } from '@keystead/kernel/db';
import type { Audit } from '@keystead/kernel/security/audit';

/** The delivery is not there (any more): it was made meanwhile. */
export class DeliveryMissing extends problem('delivery-missing', 404) {}

interface Row {
  event: string;
  subscription: string;
  type: string;
  at: Date;
  attempts: number;
  nextAt: Date | null;
  error: string;
}

const writeCursor = ({ event, subscription }: Row): string =>
  Buffer.from(`${event} ${subscription}`).toString('base64url');

function readCursor(text: string): { event: string; subscription: string } {
  const [event = '', subscription = ''] = Buffer.from(text, 'base64url').toString('utf8').split(' ');
  if (!/^[0-9a-f-]{36}$/.test(event))
    throw new InputInvalid({ in: 'querystring' }, [{ pointer: '/cursor', code: 'cursor' }]);
  return { event, subscription };
}

/** Events that a subscription failed on: shown, and given another try by hand. */
export function createDeliveries({ db, clock, audit }: { db: Db; clock: Clock; audit: Audit }) {
  return {
    list: async (filter: { limit?: number; cursor?: string; givenUp?: boolean }) => {
      const limit = filter.limit ?? 50;
      const after = filter.cursor === undefined ? undefined : readCursor(filter.cursor);
      const rows = await db.systemRead(sql<Row>`
        select event, subscription, type, at, attempts, next_at as "nextAt", error from kernel.delivery
        where (${filter.givenUp ?? null}::boolean is null or (next_at is null) = ${filter.givenUp ?? null}::boolean)
          and (${after?.event ?? null}::uuid is null
            or (event, subscription) < (${after?.event ?? null}::uuid, ${after?.subscription ?? null}::text))
        order by event desc, subscription desc limit ${limit + 1}`);
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      return {
        items: items.map(({ at, nextAt, ...row }) => ({
          ...row,
          at: at.toISOString(),
          nextAt: nextAt?.toISOString() ?? null,
        })),
        next: rows.length > limit && last ? writeCursor(last) : null,
      };
    },

    /** Makes a delivery due now, with all its tries anew. Throws DeliveryMissing. */
    retry: async (actor: Actor, { event, subscription }: { event: string; subscription: string }): Promise<void> => {
      await db.systemTransaction(async (tx) => {
        const touched = await tx.run(sql`
          update kernel.delivery set next_at = ${clock.now()}, attempts = 0
          where event = ${event} and subscription = ${subscription}`);
        if (touched === 0) throw new DeliveryMissing({ event, subscription });
        await audit.add(tx, actor, {
          action: 'system.delivery-retry',
          subject: `event:${event}`,
          detail: { subscription },
        });
      });
    },
  };
}

export type Deliveries = ReturnType<typeof createDeliveries>;
