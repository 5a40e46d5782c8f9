import { type OrganisationId, systemActor } from '@keystead/contracts/access';
import type { Clock, Log } from '@keystead/kernel/base';
import { type Db, sql, type Tx } from '@keystead/kernel/db';
import type { Audit } from '@keystead/kernel/security/audit';
import type { Changes } from './changes.ts';

interface Replaced {
  rotation: string;
  organisation: OrganisationId;
  thing: number;
  id: string;
  code: string;
  place: string;
  fresh: string;
}

/**
 * Ends what a fresh credential replaces, and leaves it alone; in this order, since both may share a user name. What was
 * issued after it stays, and a fresh one that was ended itself replaces nothing.
 */
export async function replaceOld(tx: Tx, { thing, fresh }: { thing: number; fresh: string }, now: Date): Promise<void> {
  await tx.run(sql`update things.credential o set revoked_at = ${now} from things.credential f
    where f.id = ${fresh} and f.revoked_at is null and o.thing = ${thing} and o.id <> f.id and o.revoked_at is null
      and o.kind <> 'certificate' and o.issued_at <= f.issued_at`);
  await tx.run(sql`update things.credential set beside = null where id = ${fresh}`);
  await tx.run(sql`delete from things.device_secret s using things.credential c
    where c.id = s.credential and c.thing = ${thing} and (c.revoked_at is not null or c.kind <> 'signature')`);
}

/**
 * Remembers that a credential was used, once: what was handed out by a provisioning key is settled from then on, and
 * what a rotation put beside an older one takes its place. Those used in one turn of the loop are written together.
 */
export function createFirstUse(deps: { db: Db; clock: Clock; log: Log; audit: Audit; changes: Changes }) {
  const { db, clock, log, audit, changes } = deps;
  let waiting = new Set<string>();
  let writing: Promise<void> | undefined;

  async function write(ids: string[]): Promise<void> {
    const now = clock.now();
    await db.systemTransaction(async (tx) => {
      await tx.run(
        sql`update things.credential set first_used_at = ${now} where id = any(${ids}::uuid[]) and first_used_at is null`,
      );
      const replaced = await tx.all(sql<Replaced>`
        update things.rotation_item i set state = 'done', ended_at = ${now} from things.thing t
        where i.fresh = any(${ids}::uuid[]) and i.state = 'waiting' and t.number = i.thing
        returning i.rotation, i.organisation, i.thing, t.id, t.code, t.place, i.fresh`);
      for (const row of replaced) {
        await replaceOld(tx, row, now);
        // Not `right`: the session that is just being opened is the fresh one's.
        await changes.announce(tx, row.thing, 'thing');
        await audit.add(tx, systemActor('gateway', row.organisation), {
          action: 'thing.credential-rotated',
          subject: `thing:${row.id}`,
          kind: 'device',
          place: row.place,
          detail: { number: row.code, credentialId: row.fresh, rotation: row.rotation },
        });
      }
    });
  }

  /** Resolves when it is written; a failure is logged and the next admission tries again. False = not written. */
  async function mark(credential: string): Promise<boolean> {
    waiting.add(credential);
    writing ??= new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      const ids = [...waiting];
      waiting = new Set();
      writing = undefined;
      return write(ids);
    });
    try {
      await writing;
      return true;
    } catch (cause) {
      log.warn({ err: cause }, 'the first use of a credential could not be written');
      return false;
    }
  }

  return { mark };
}

export type FirstUse = ReturnType<typeof createFirstUse>;
