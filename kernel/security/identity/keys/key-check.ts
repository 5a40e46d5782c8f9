import type { Actor } from '@keystead/contracts/access';
import { TooManyRequests } from '@keystead/contracts/problem';
import type { Context } from '../context.ts';
import { expand } from '../rights/permission.ts';
import { intersect } from '../rights/reach.ts';
import { actorOf } from '../sessions/holder.ts';
import { holderById } from '../sessions/store.ts';
import { createBuckets, keyHash } from './key.ts';
import { type KeyRow, keyByHash, noteUsed } from './store.ts';

interface Remembered {
  key: KeyRow;
  actor: Actor;
  until: number;
}

const rememberMs = 900;
const most = 10_000;
const noteAfterMs = 60_000;

/** Who a key stands for. What it may is the intersection of its own rights and those its owner has now. */
export function createKeyCheck(context: Context) {
  const { db, clock, log } = context;
  const remembered = new Map<string, Remembered>();
  const take = createBuckets();
  let generation = 0;

  async function ask(hash: Buffer, name: string): Promise<Remembered | undefined> {
    const asked = generation;
    const now = clock.now();
    const [key] = await db.systemRead(keyByHash(hash, now));
    const [holder] = key ? await db.systemRead(holderById(key.account, now)) : [];
    if (!key || !holder) return undefined;
    const owner = actorOf(context, holder, undefined, undefined);
    const allowed = key.permissions && expand(key.permissions, context.permissions());
    const reach = key.reach === 'organisation' ? [''] : key.places.map(({ path }) => path);
    const actor: Actor = {
      kind: 'key',
      id: key.id,
      account: holder.account,
      name: `${holder.name} · ${key.name}`,
      scope: { organisation: owner.scope.organisation, subtrees: intersect(owner.scope.subtrees, reach) },
      permissions: allowed ? new Set([...allowed].filter((each) => owner.permissions.has(each))) : owner.permissions,
    };
    const one = { key, actor, until: performance.now() + rememberMs };
    if (remembered.size >= most) remembered.clear();
    if (asked === generation) remembered.set(name, one);
    return one;
  }

  function note(key: KeyRow): void {
    const now = clock.now();
    if (key.lastUsedAt && now.getTime() - key.lastUsedAt.getTime() < noteAfterMs) return;
    key.lastUsedAt = now;
    db.systemRead(noteUsed(key.id, now)).catch((cause: unknown) =>
      log.warn({ err: cause }, 'the use of a key could not be noted'),
    );
  }

  return {
    /** Throws TooManyRequests beyond the key's own rate. */
    check: async (text: string, from: string): Promise<Actor | undefined> => {
      if (text.length < 16 || text.length > 300) return undefined;
      const hash = keyHash(text);
      const name = hash.toString('base64');
      const known = remembered.get(name);
      const one = known && known.until > performance.now() ? known : await ask(hash, name);
      if (!one || (one.key.expiresAt && one.key.expiresAt <= clock.now())) return undefined;
      if (!take(one.key.id, one.key.perMinute, performance.now()))
        throw new TooManyRequests({ perMinute: one.key.perMinute });
      note(one.key);
      return { ...one.actor, from };
    },
    forget: () => {
      generation += 1;
      remembered.clear();
    },
  };
}

export type KeyCheck = ReturnType<typeof createKeyCheck>;
