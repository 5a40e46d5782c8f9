import type { Actor } from '@keystead/contracts/access';
import type { Authenticator, RequestFacts } from '@keystead/kernel/http';
import type { Context } from '../context.ts';
import type { KeyCheck } from '../keys/key-check.ts';
import { actorOf } from './holder.ts';
import { cookieName, expiry, tokenHash } from './session.ts';
import * as store from './store.ts';

type Found = store.Session & store.Holder;

interface Remembered {
  found: Found;
  /** `performance.now()` after which it is asked anew. */
  until: number;
  /** Rights are worked out once for what was read. */
  actor: Actor;
}

/** How long an answer is good in this process: a session ended elsewhere is of no use after that (H-11.1-b). */
const rememberMs = 900;
/** Most sessions remembered at once; what is dropped is asked again. */
const most = 20_000;
/** Activity is noted when this part of the idle time has passed since it was noted last. */
const noteAfter = 1 / 60;

/** Who a request is from: by session cookie, or by key. */
export function createAuthenticator(context: Context, keys: KeyCheck): Authenticator & { forget(): void } {
  const { db, clock, log } = context;
  const remembered = new Map<string, Remembered>();
  const asking = new Map<string, Promise<Remembered | undefined>>();
  let generation = 0;

  async function ask(token: string, key: string): Promise<Remembered | undefined> {
    const asked = generation;
    const [found] = await db.systemRead(store.openSession(tokenHash(token), clock.now()));
    if (found?.state !== 'active') return undefined;
    const one = { found, until: performance.now() + rememberMs, actor: actorOf(context, found, found, undefined) };
    if (remembered.size >= most) remembered.clear();
    // What was asked before a change is not remembered after it.
    if (asked === generation) remembered.set(key, one);
    return one;
  }

  /** A hundred requests of one page at once ask once. */
  function lookUp(token: string): Promise<Remembered | undefined> | Remembered {
    const key = tokenHash(token).toString('base64');
    const known = remembered.get(key);
    if (known && known.until > performance.now()) return known;
    remembered.delete(key);
    const running = asking.get(key);
    if (running) return running;
    const one = ask(token, key).finally(() => asking.delete(key));
    asking.set(key, one);
    return one;
  }

  function noteSeen({ found }: Remembered): void {
    const now = clock.now();
    if (now.getTime() - found.seenAt.getTime() < found.idleMinutes * 60_000 * noteAfter) return;
    found.seenAt = now;
    db.systemRead(store.noteSeen(found.id, now)).catch((cause: unknown) =>
      log.warn({ err: cause }, 'activity of a session could not be noted'),
    );
  }

  async function bySession(token: string, { from, background }: RequestFacts): Promise<Actor | undefined> {
    const one = await lookUp(token);
    if (!one || expiry(one.found, clock.now()) !== undefined) return undefined;
    if (!background) noteSeen(one);
    return { ...one.actor, from };
  }

  return {
    authenticate: async ({ cookies, authorization, facts }) => {
      if (authorization?.startsWith('Bearer ')) {
        const actor = await keys.check(authorization.slice('Bearer '.length).trim(), facts.from);
        return actor && { actor, byCookie: false };
      }
      const token = cookies[cookieName];
      if (token === undefined || token.length > 100) return undefined;
      const actor = await bySession(token, facts);
      return actor && { actor, byCookie: true };
    },
    forget: () => {
      generation += 1;
      remembered.clear();
      asking.clear();
    },
  };
}
