import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { type Static, Type } from 'typebox';
import type { Context } from '../context.ts';
import { checkGiving } from '../rights/permission.ts';
import { checkReach, PlaceUnknown } from '../rights/reach.ts';
import { IdText, Permissions, Time } from '../rights/schemas.ts';
import { requireFresh } from '../sessions/fresh.ts';
import { KeyMissing, keyHash, newKeyText, standardRate } from './key.ts';
import * as store from './store.ts';

export const KeyView = Type.Object({
  id: IdText,
  name: Type.String(),
  owner: Type.Object({ id: IdText, name: Type.String() }),
  /** Null: all its owner may. */
  permissions: Type.Union([Type.Array(Type.String()), Type.Null()]),
  reach: Type.Enum(['organisation', 'places']),
  places: Type.Array(Type.Object({ id: IdText, path: Type.String() })),
  perMinute: Type.Integer(),
  expiresAt: Type.Union([Time, Type.Null()]),
  lastUsedAt: Type.Union([Time, Type.Null()]),
  madeAt: Time,
});
export type KeyView = Static<typeof KeyView>;

export const KeyDraft = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 80 }),
  permissions: Permissions,
  /** Ids; without them the key reaches as far as its owner. */
  places: Type.Optional(Type.Array(IdText, { minItems: 1, maxItems: 200, uniqueItems: true })),
  expiresAt: Type.Optional(Time),
  perMinute: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
});
export type KeyDraft = Static<typeof KeyDraft>;

const view = (row: store.KeyRow): KeyView => ({
  id: row.id,
  name: row.name,
  owner: { id: row.account, name: row.owner },
  permissions: row.permissions,
  reach: row.reach,
  places: row.places,
  perMinute: row.perMinute,
  expiresAt: row.expiresAt?.toISOString() ?? null,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  madeAt: row.madeAt.toISOString(),
});

const writeCursor = (row: store.KeyRow): string =>
  Buffer.from(`${row.madeAt.toISOString()} ${row.id}`).toString('base64url');

function readCursor(text: string): { madeAt: Date; id: string } {
  const [at = '', id = ''] = Buffer.from(text, 'base64url').toString('utf8').split(' ');
  if (Number.isNaN(Date.parse(at)) || !/^[0-9a-f-]{36}$/.test(id))
    throw new InputInvalid({ in: 'querystring' }, [{ pointer: '/cursor', code: 'cursor' }]);
  return { madeAt: new Date(at), id };
}

/** Keys of an organisation; only people make them, each for himself. */
export function createKeys(context: Context) {
  const { db, clock, audit } = context;
  return {
    list: async (actor: Actor, query: { limit: number; cursor?: string }) => {
      const after = query.cursor === undefined ? undefined : readCursor(query.cursor);
      const rows = await db.read(actor.scope, store.keyList(after, query.limit + 1));
      const last = rows.length > query.limit ? rows[query.limit - 1] : undefined;
      return { items: rows.slice(0, query.limit).map(view), next: last ? writeCursor(last) : null };
    },

    /** The key's text is in the answer and nowhere else. Throws RightNotHeld, ReachTooWide, PlaceUnknown, ConfirmationNeeded. */
    create: async (actor: Actor, draft: KeyDraft): Promise<{ key: KeyView; text: string }> => {
      if (actor.kind !== 'user') throw new NotAllowed({ reason: 'people-only' });
      await requireFresh(context, actor);
      checkGiving(draft.permissions, actor.permissions, context.permissions());
      const expiresAt = draft.expiresAt === undefined ? null : new Date(draft.expiresAt);
      if (expiresAt && expiresAt <= clock.now())
        throw new InputInvalid({ in: 'body' }, [{ pointer: '/expiresAt', code: 'past' }]);
      const text = newKeyText();
      const id = newId();
      const { organisation } = actor.scope;
      const { name, permissions, places = [], perMinute = standardRate } = draft;
      const row = await db.transaction(actor.scope, async (tx) => {
        const paths =
          places.length > 0 ? await context.places.pathsOf(tx, organisation, places) : new Map<string, string>();
        const unknown = places.filter((place) => !paths.has(place));
        if (unknown.length > 0) throw new PlaceUnknown({ places: unknown });
        const reach = places.length > 0 ? ('places' as const) : ('organisation' as const);
        if (reach === 'places') checkReach(reach, [...paths.values()], actor.scope);
        const made = {
          id,
          organisation,
          account: actor.id,
          name,
          hash: keyHash(text),
          permissions,
          reach,
          perMinute,
          expiresAt,
        };
        await store.addKey(tx, made, paths, clock.now());
        const detail = { name, permissions, places, expiresAt };
        await audit.add(tx, actor, { action: 'key.create', subject: `key:${id}`, detail });
        return tx.one(store.keyById(id), () => new KeyMissing({ id }));
      });
      return { key: view(row), text };
    },

    /** Throws KeyMissing. */
    revoke: async (actor: Actor, id: string): Promise<void> => {
      await db.transaction(actor.scope, async (tx) => {
        const row = await tx.one(store.keyById(id), () => new KeyMissing({ id }));
        await tx.run(store.revokeKey(id, clock.now()));
        await audit.add(tx, actor, { action: 'key.revoke', subject: `key:${id}`, detail: { name: row.name } });
      });
      context.forget();
    },
  };
}

export type Keys = ReturnType<typeof createKeys>;
