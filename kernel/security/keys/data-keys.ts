import { randomBytes } from 'node:crypto';
import type { OrganisationId } from '@keystead/contracts/access';
import { problem } from '@keystead/contracts/problem';
import type { Clock } from '@keystead/kernel/base';
import { sql, type Tx } from '@keystead/kernel/db';
import { copyInto } from '@keystead/kernel/db/copy';
import type { Envelope } from './envelope.ts';

export class DataKeyMissing extends problem('data-key-missing', 404) {}
/** The key was destroyed, and what it protected is unreadable for good. */
export class DataKeyShredded extends problem('data-key-shredded', 410) {}

/** A key of its own for each record: destroying the key deletes the record wherever its bytes were copied to. */
export interface DataKeys {
  /** Makes the 256-bit key of `id`; an id has one key for ever. */
  make(tx: Tx, organisation: OrganisationId, id: string): Promise<Buffer>;
  /** Keys of many ids at once, by COPY: only in a transaction on a connection of its own. */
  makeAll(tx: Tx, organisation: OrganisationId, ids: readonly string[]): Promise<Map<string, Buffer>>;
  /** Throws DataKeyMissing, DataKeyShredded. */
  open(tx: Tx, id: string): Promise<Buffer>;
  /** Destroys the key; again is no error. The caller writes the journal. Throws DataKeyMissing. */
  shred(tx: Tx, id: string): Promise<void>;
}

export function createDataKeys(envelope: Envelope, clock: Clock): DataKeys {
  return {
    make: async (tx, organisation, id) => {
      const key = randomBytes(32);
      await tx.run(sql`insert into keys.data_key (id, organisation, wrapped, made_at)
        values (${id}, ${organisation}, ${envelope.wrap(id, key)}, ${clock.now()})`);
      return key;
    },
    makeAll: async (tx, organisation, ids) => {
      const made = new Map(ids.map((id) => [id, randomBytes(32)]));
      const rows = [...made].map(([id, key]) => [id, organisation, envelope.wrap(id, key), clock.now()]);
      await copyInto(tx, 'keys.data_key', ['id', 'organisation', 'wrapped', 'made_at'], rows);
      return made;
    },
    open: async (tx, id) => {
      const row = await tx.one(
        sql<{ wrapped: Buffer | null }>`select wrapped from keys.data_key where id = ${id}`,
        () => new DataKeyMissing({ id }),
      );
      if (row.wrapped === null) throw new DataKeyShredded({ id });
      return envelope.unwrap(id, row.wrapped);
    },
    shred: async (tx, id) => {
      const touched = await tx.run(sql`update keys.data_key
        set wrapped = null, shredded_at = coalesce(shredded_at, ${clock.now()}) where id = ${id}`);
      if (touched === 0) throw new DataKeyMissing({ id });
    },
  };
}
