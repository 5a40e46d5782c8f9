import { type Actor, inScope } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { NotAllowed } from '@keystead/contracts/problem';
import { sql } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type Algorithm, readPublicKey, SignerMissing, SignerTaken } from './signer.ts';

export interface Signer {
  id: string;
  name: string;
  algorithm: Algorithm;
  publicKey: string;
  fingerprint: string;
  madeAt: Date;
  madeBy: string;
}

const most = 20;
const columns = sql.raw(
  'id, name, algorithm, public_key as "publicKey", fingerprint, made_at as "madeAt", made_by as "madeBy"',
);

/** What decides for every device of the organisation is decided by whoever answers for all of it. Throws NotAllowed. */
export function mustReachAll({ scope }: Actor): void {
  if (!inScope(scope, '')) throw new NotAllowed({ needs: 'organisation' });
}

/** Keys whose signatures make a package one that may be offered: the trust anchors of updates. */
export function createSigners({ db, clock, audit }: Pick<Kernel, 'db' | 'clock' | 'audit'>) {
  const list = (actor: Actor): Promise<Signer[]> =>
    db.read(
      actor.scope,
      sql<Signer>`select ${columns} from firmware.signer where ended_at is null order by made_at desc`,
    );

  /** Trusts a key from now on. Throws SignerInvalid, SignerTaken, NotAllowed. */
  async function add(actor: Actor, name: string, key: string): Promise<Signer> {
    mustReachAll(actor);
    const { algorithm, text, fingerprint } = readPublicKey(key);
    const now = clock.now();
    const id = newId(now.getTime());
    await db.transaction(actor.scope, async (tx) => {
      const standing = await tx.all(
        sql<{ fingerprint: string }>`select fingerprint from firmware.signer where ended_at is null for update`,
      );
      if (standing.length >= most || standing.some((each) => each.fingerprint === fingerprint))
        throw new SignerTaken({ most });
      await tx.run(sql`insert into firmware.signer (id, organisation, name, algorithm, public_key, fingerprint, made_at, made_by)
        values (${id}, ${actor.scope.organisation}, ${name}, ${algorithm}, ${text}, ${fingerprint}, ${now}, ${actor.name})`);
      const detail = { name, algorithm, fingerprint };
      await audit.add(tx, actor, { action: 'firmware.trust', subject: `firmware-key:${id}`, detail });
    });
    return { id, name, algorithm, publicKey: text, fingerprint, madeAt: now, madeBy: actor.name };
  }

  /** Trusts it no longer: its packages are offered to nobody any more. Throws SignerMissing, NotAllowed. */
  async function end(actor: Actor, id: string): Promise<void> {
    mustReachAll(actor);
    await db.transaction(actor.scope, async (tx) => {
      const ended = await tx.run(
        sql`update firmware.signer set ended_at = ${clock.now()} where id = ${id} and ended_at is null`,
      );
      if (ended === 0) throw new SignerMissing({ id });
      await audit.add(tx, actor, { action: 'firmware.distrust', subject: `firmware-key:${id}` });
    });
  }

  return { list, add, end };
}

export type Signers = ReturnType<typeof createSigners>;
