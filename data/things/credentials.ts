import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { InputInvalid } from '@keystead/contracts/problem';
import type { ThingModel } from '@keystead/contracts/thing-model';
import { type Db, sql, type Tx } from '@keystead/kernel/db';
import {
  acceptsCredential,
  type CredentialKind,
  CredentialKindRefused,
  CredentialMissing,
  CredentialReused,
  hintOf,
  markOf,
  markOfCertificate,
  newSecret,
  UsernameTaken,
} from './credential.ts';
import type { DeviceSecrets } from './device-secrets.ts';
import { locked, type Telling, type ThingDeps } from './service.ts';
import type { Thing } from './thing.ts';
import type { Whitelist } from './whitelist.ts';

export interface CredentialView {
  id: string;
  kind: CredentialKind;
  /** Null = never seen. */
  firstUsedAt: string | null;
  /** End of the certificate it was enrolled with. */
  expiresAt: string | null;
  username: string | null;
  hint: string;
  issuedAt: string;
  issuedBy: string;
  revokedAt: string | null;
}

/** A credential as it is shown once: what is kept of it cannot be turned back. */
export interface Issued {
  id: string;
  kind: CredentialKind;
  username: string | null;
  /** The token or secret; null for a certificate. */
  value: string | null;
}

export interface CredentialWish {
  kind: CredentialKind;
  /** A secret or token set at the factory; made here when absent. */
  value?: string;
  /** For `secret`; the thing's code when absent. */
  username?: string;
  /** For `certificate`: SHA-256 of the certificate, hexadecimal. */
  fingerprint?: string;
}

interface NewCredential {
  id: string;
  thing: number;
  kind: CredentialKind;
  username: string | null;
  mark: string;
  hint: string;
  /** The rotation it stands beside an older one for. */
  beside?: string;
  provisionedBy?: string;
}

const constraintOf = (cause: unknown): string | undefined =>
  cause instanceof Error && 'constraint' in cause ? String(cause.constraint) : undefined;

/** Shorter ones given from outside could be guessed. */
const leastLength = 16;

/** The key marks are made under: one an installation, read with the platform's own role and kept in memory. */
export function createMarkKey(db: Db): () => Promise<Buffer> {
  let key: Promise<Buffer> | undefined;
  return () => {
    key ??= db.systemRead(sql<{ key: Buffer }>`select key from things.mark_key`).then(
      ([row]) => {
        if (!row) throw new Error('things.mark_key is empty');
        return row.key;
      },
      (cause) => {
        key = undefined;
        throw cause;
      },
    );
    return key;
  };
}

/** Issuing, rotating and revoking what devices are known by (H-11.2-d, H-11.2-f). */
export function createCredentials(
  deps: ThingDeps & { tell: Telling; markKey: () => Promise<Buffer>; secrets: DeviceSecrets },
) {
  const { db, clock, models, tell, markKey, secrets } = deps;

  async function prepare(
    thing: { number: number; code: string },
    wish: CredentialWish,
  ): Promise<[NewCredential, Issued]> {
    const id = newId(clock.now().getTime());
    const base = { id, thing: thing.number, kind: wish.kind };
    if (wish.kind === 'certificate') {
      const print = (wish.fingerprint ?? '').replaceAll(':', '').toLowerCase();
      if (!/^[0-9a-f]{64}$/.test(print))
        throw new InputInvalid({ in: 'body' }, [{ pointer: '/fingerprint', code: 'bad-format' }]);
      const mark = markOfCertificate(print).toString('hex');
      return [
        { ...base, username: null, mark, hint: print.slice(-8) },
        { id, kind: wish.kind, username: null, value: null },
      ];
    }
    const value = wish.value ?? newSecret();
    if (value.length < leastLength) throw new InputInvalid({ in: 'body' }, [{ pointer: '/value', code: 'too-short' }]);
    const username = wish.kind === 'secret' ? (wish.username ?? thing.code) : null;
    const mark = markOf(await markKey(), value).toString('hex');
    return [
      { ...base, username, mark, hint: hintOf(value) },
      { id, kind: wish.kind, username, value },
    ];
  }

  async function insert(tx: Tx, actor: Actor, rows: readonly NewCredential[]): Promise<void> {
    try {
      await tx.run(sql`
        insert into things.credential (id, organisation, thing, kind, username, mark, hint, issued_at, issued_by, beside, provisioned_by)
        select r.id, ${actor.scope.organisation}, r.thing, r.kind, r.username, decode(r.mark, 'hex'), r.hint, ${clock.now()},
          ${actor.name}, r.beside, r."provisionedBy"
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, thing bigint, kind text, username text, mark text,
          hint text, beside uuid, "provisionedBy" uuid)`);
    } catch (cause) {
      if (constraintOf(cause) === 'credential_mark_key') throw new CredentialReused();
      if (constraintOf(cause) === 'credential_username') throw new UsernameTaken();
      throw cause;
    }
  }

  const checkKind = (model: ThingModel, kind: CredentialKind): void => {
    if (!acceptsCredential(model, kind)) throw new CredentialKindRefused({ kind, policy: model.authentication });
  };

  /** Issues without asking what the model takes, in the caller's transaction, which writes the journal. */
  async function issueMany(
    tx: Tx,
    actor: Actor,
    wanted: readonly { thing: { number: number; code: string }; wish: CredentialWish }[],
    by: { beside?: string; provisionedBy?: string; sealed?: boolean } = {},
  ): Promise<Issued[]> {
    const prepared = await Promise.all(wanted.map(({ thing, wish }) => prepare(thing, wish)));
    const { beside, provisionedBy } = by;
    await insert(
      tx,
      actor,
      prepared.map(([row]) => ({ ...row, beside, provisionedBy })),
    );
    const kept = prepared.flatMap(([, { id, kind, value }]) =>
      value !== null && (by.sealed || kind === 'signature') ? [{ credential: id, value }] : [],
    );
    await secrets.keep(tx, actor.scope.organisation, kept);
    return prepared.map(([, issued]) => issued);
  }

  /** Issues one credential; `rotate` ends all others of the thing. The value is in the answer and nowhere else. */
  async function issue(actor: Actor, thingId: string, wish: CredentialWish, rotate = false): Promise<Issued> {
    return db.transaction(actor.scope, async (tx) => {
      const thing = await locked(tx, actor, thingId);
      checkKind(await models.pick(tx, thing.organisation, thing.family, thing.modelVersion), wish.kind);
      const ended = rotate ? await end(tx, thing) : 0;
      const [issued] = await issueMany(tx, actor, [{ thing, wish }]);
      if (!issued) throw new Error('a credential was issued and not returned');
      const detail = { kind: wish.kind, ended, credentialId: issued.id };
      await tell(tx, actor, thing, rotate ? 'credential-rotate' : 'credential-issue', {
        detail,
        forget: rotate ? 'right' : 'thing',
      });
      return issued;
    });
  }

  /** Issues tokens to many new things at once, in the caller's transaction. */
  async function issueTokens(
    tx: Tx,
    actor: Actor,
    things: readonly { number: number; code: string }[],
  ): Promise<Issued[]> {
    return issueMany(
      tx,
      actor,
      things.map((thing) => ({ thing, wish: { kind: 'token' } })),
    );
  }

  const end = (tx: Tx, thing: Thing, id?: string): Promise<number> =>
    tx.run(sql`update things.credential set revoked_at = ${clock.now()} where thing = ${thing.number} and revoked_at is null
      ${id === undefined ? sql`` : sql`and id = ${id}`}`);

  /** Ends one credential; the session opened with it is cut within a second. */
  async function revoke(actor: Actor, thingId: string, credentialId: string): Promise<void> {
    await db.transaction(actor.scope, async (tx) => {
      const thing = await locked(tx, actor, thingId);
      if ((await end(tx, thing, credentialId)) === 0) throw new CredentialMissing({ id: credentialId });
      await tell(tx, actor, thing, 'credential-revoke', { detail: { credentialId }, forget: 'right' });
    });
  }

  /** Changes whether a thing may speak at all (H-11.2-g-1, H-11.2-g-2). */
  async function setWhitelist(actor: Actor, thingId: string, whitelist: Whitelist, reason: string): Promise<Thing> {
    return db.transaction(actor.scope, async (tx) => {
      const thing = await locked(tx, actor, thingId);
      if (thing.whitelist === whitelist) return thing;
      await tx.run(
        sql`update things.thing set whitelist = ${whitelist}, version = version + 1, changed_at = ${clock.now()} where number = ${thing.number}`,
      );
      await tell(tx, actor, thing, 'whitelist', {
        detail: { from: thing.whitelist, to: whitelist, reason },
        forget: 'right',
      });
      return { ...thing, whitelist, version: thing.version + 1 };
    });
  }

  async function list(actor: Actor, thingId: string): Promise<CredentialView[]> {
    type Times = { issuedAt: Date; revokedAt: Date | null; firstUsedAt: Date | null; expiresAt: Date | null };
    type Raw = Omit<CredentialView, keyof Times> & Times;
    return db.transaction(actor.scope, async (tx) => {
      const thing = await locked(tx, actor, thingId);
      const rows = await tx.all(sql<Raw>`
        select id, kind, username, hint, issued_at as "issuedAt", issued_by as "issuedBy", revoked_at as "revokedAt",
          first_used_at as "firstUsedAt", expires_at as "expiresAt"
        from things.credential where thing = ${thing.number} order by issued_at desc, id desc limit 100`);
      return rows.map((row) => ({
        ...row,
        issuedAt: row.issuedAt.toISOString(),
        revokedAt: row.revokedAt?.toISOString() ?? null,
        firstUsedAt: row.firstUsedAt?.toISOString() ?? null,
        expiresAt: row.expiresAt?.toISOString() ?? null,
      }));
    });
  }

  return { issue, issueMany, issueTokens, checkKind, revoke, setWhitelist, list };
}

export type Credentials = ReturnType<typeof createCredentials>;
