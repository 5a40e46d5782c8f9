import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { OrganisationId } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { sql, type Tx } from '@keystead/kernel/db';
import type { DataKeys } from '@keystead/kernel/security/keys';

/** First byte of a sealed value: how it was sealed. */
const aes256gcm = 1;
const nonceBytes = 12;
const tagBytes = 16;

/** A value that was changed, or moved to another party or field. */
export class ValueDamaged extends Error {
  constructor(at: string, options?: ErrorOptions) {
    super(`the value of ${at} cannot be opened`, options);
  }
}

/** Seals `text`; it opens only with this key and for the same `at` (party and field). */
export function sealText(key: Buffer, at: string, text: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(at));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from([aes256gcm]), nonce, cipher.getAuthTag(), sealed]);
}

/** Throws ValueDamaged. */
export function unsealText(key: Buffer, at: string, sealed: Buffer): string {
  if (sealed[0] !== aes256gcm || sealed.length < 1 + nonceBytes + tagBytes) throw new ValueDamaged(at);
  const tagAt = 1 + nonceBytes;
  const open = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, tagAt), { authTagLength: tagBytes });
  open.setAAD(Buffer.from(at)).setAuthTag(sealed.subarray(tagAt, tagAt + tagBytes));
  try {
    return Buffer.concat([open.update(sealed.subarray(tagAt + tagBytes)), open.final()]).toString('utf8');
  } catch (cause) {
    throw new ValueDamaged(at, { cause });
  }
}

/** Keys of parties and the keyed hash of an organisation, over the data keys of the installation. */
export function createSealing(keys: () => DataKeys) {
  /** The key of a party, made with its first value. The caller holds a lock on the party's row. */
  async function partyKey(tx: Tx, organisation: OrganisationId, party: string): Promise<Buffer> {
    const [row] = await tx.all(sql<{ sealed: boolean }>`select sealed from parties.party where id = ${party}`);
    if (row?.sealed) return keys().open(tx, party);
    await tx.run(sql`update parties.party set sealed = true where id = ${party}`);
    return keys().make(tx, organisation, party);
  }

  async function hashKey(tx: Tx, organisation: OrganisationId): Promise<Buffer> {
    const find = sql<{ key: string }>`select key from parties.hash_key where organisation = ${organisation}`;
    const [known] = await tx.all(find);
    if (known) return keys().open(tx, known.key);
    const id = newId();
    const made = await tx.run(
      sql`insert into parties.hash_key (organisation, key) values (${organisation}, ${id}) on conflict do nothing`,
    );
    if (made === 1) return keys().make(tx, organisation, id);
    const [theirs] = await tx.all(find);
    if (!theirs) throw new Error('the hash key of the organisation is not to be found');
    return keys().open(tx, theirs.key);
  }

  const hashOf = (key: Buffer, field: string, value: string): Buffer =>
    createHmac('sha256', key).update(`${field}\u0000${value}`).digest();

  return {
    partyKey,
    /** Keys of parties that are only just made; the caller marks them as sealed. */
    partyKeys: (tx: Tx, organisation: OrganisationId, parties: readonly string[]) =>
      keys().makeAll(tx, organisation, parties),
    /** `hash` for many values: the key is asked for once. */
    hasher: async (tx: Tx, organisation: OrganisationId) => {
      const key = await hashKey(tx, organisation);
      return (field: string, value: string): Buffer => hashOf(key, field, value);
    },
    /** Opens only: throws DataKeyMissing when nothing was ever sealed, DataKeyShredded after erasure. */
    openKey: (tx: Tx, party: string): Promise<Buffer> => keys().open(tx, party),
    shred: (tx: Tx, party: string): Promise<void> => keys().shred(tx, party),
    /** HMAC-SHA-256 of one value of one field: equal values are found, nothing is read from it. */
    hash: async (tx: Tx, organisation: OrganisationId, field: string, value: string): Promise<Buffer> =>
      hashOf(await hashKey(tx, organisation), field, value),
  };
}

export type Sealing = ReturnType<typeof createSealing>;
