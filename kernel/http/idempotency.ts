import type { Actor } from '@keystead/contracts/access';
import { problem } from '@keystead/contracts/problem';
import type { Clock } from '@keystead/kernel/base';
import { type Db, sql } from '@keystead/kernel/db';

/** The same Idempotency-Key was used for another request, or the first one has not ended. */
export class KeyAlreadyUsed extends problem('idempotency-key-used', 409) {}

interface Kept {
  route: string;
  status: number | null;
  body: unknown;
}

/**
 * Runs a create once per (actor, key): a repetition gets the first answer again. Only successes are kept, so a
 * refused request may be mended and sent with the same key.
 */
export function createIdempotency(db: Db, clock: Clock) {
  return async (actor: Actor, key: string, route: string, run: () => Promise<{ status: number; body: unknown }>) => {
    const mine = await db.systemRead(sql<{ key: string }>`
      insert into kernel.idempotency (actor, key, route, at) values (${actor.id}, ${key}, ${route}, ${clock.now()})
      on conflict do nothing returning key`);
    if (mine.length === 0) {
      const [kept] = await db.systemRead(
        sql<Kept>`select route, status, body from kernel.idempotency where actor = ${actor.id} and key = ${key}`,
      );
      if (!kept || kept.route !== route || kept.status === null) throw new KeyAlreadyUsed({ key });
      return { status: kept.status, body: kept.body };
    }
    try {
      const answer = await run();
      await db.systemRead(
        sql`update kernel.idempotency set status = ${answer.status}, body = ${JSON.stringify(answer.body ?? null)} where actor = ${actor.id} and key = ${key}`,
      );
      return answer;
    } catch (cause) {
      await db.systemRead(sql`delete from kernel.idempotency where actor = ${actor.id} and key = ${key}`);
      throw cause;
    }
  };
}
