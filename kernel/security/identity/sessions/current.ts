import type { Actor } from '@keystead/contracts/access';
import type { Context } from '../context.ts';
import { leastLength } from '../credentials/password-rules.ts';
import { keyById } from '../keys/store.ts';
import { isWaived } from '../people/organisation.ts';
import { accountById, operatingBody, saveAccount } from '../people/store.ts';
import type { CurrentView } from './schemas.ts';
import { SessionMissing } from './session.ts';
import * as store from './store.ts';

/** What a page needs to know about who is signed in, and what the sign-in page needs to know before. */
export function createCurrent(context: Context) {
  const { db, clock, audit, settings } = context;

  async function accountOf(actor: Actor): Promise<string> {
    if (actor.kind !== 'key') return actor.id;
    const [key] = await db.systemRead(keyById(actor.id));
    if (!key) throw new SessionMissing();
    return key.account;
  }

  async function current(actor: Actor): Promise<CurrentView> {
    const account = await accountOf(actor);
    const [holder] = await db.systemRead(store.holderById(account, clock.now()));
    const [session] = actor.session === undefined ? [] : await db.systemRead(store.sessionById(actor.session));
    if (!holder || (actor.session !== undefined && !session)) throw new SessionMissing();
    const [left] = await db.systemRead(store.recoveryCodesLeft(account));
    return {
      status: session?.status ?? 'active',
      user: { id: account, username: holder.userName, name: holder.name, language: holder.language, kind: holder.kind },
      organisation: { id: holder.organisation, name: holder.organisationName },
      permissions: [...actor.permissions].sort(),
      scope: { subtrees: [...actor.scope.subtrees] },
      mustChangePassword: holder.mustChange,
      secondFactor: {
        enrolled: holder.enrolled,
        waived: isWaived(holder, settings),
        recoveryCodesLeft: left?.count ?? 0,
      },
      session: session
        ? {
            id: session.id,
            expiresAt: session.expiresAt.toISOString(),
            freshUntil: session.freshUntil.toISOString(),
            idleMinutes: holder.idleMinutes,
          }
        : null,
    };
  }

  return {
    current,
    policy: async () => {
      const [home] = await db.systemRead(operatingBody);
      return {
        waived: home !== undefined && isWaived(home, settings),
        passwordLength: leastLength,
        idleMinutes: home?.idleMinutes ?? 30,
      };
    },
    setLanguage: async (actor: Actor, language: 'zh-CN' | 'en'): Promise<CurrentView> => {
      const account = await accountOf(actor);
      await db.systemTransaction(async (tx) => {
        const before = await tx.one(accountById(actor.scope.organisation, account), () => new SessionMissing());
        await tx.one(saveAccount({ ...before, language }, clock.now()), () => new SessionMissing());
        const detail = { from: before.language, to: language };
        await audit.add(tx, actor, { action: 'user.set-language', subject: `user:${account}`, detail });
      });
      context.forget();
      return current(actor);
    },
  };
}

export type Current = ReturnType<typeof createCurrent>;
