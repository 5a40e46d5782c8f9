import { type Actor, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import type { Context } from '../context.ts';
import type { Attempts } from '../credentials/attempts.ts';
import { hashPassword, isOutdated, pretendToVerify, verifyPassword } from '../credentials/password.ts';
import { operatingBody } from '../people/store.ts';
import { announceEnded } from './ending.ts';
import { actorOf, sessionStatus } from './holder.ts';
import { freshMinutes, newToken, type SessionStatus, SignInRefused, tokenHash } from './session.ts';
import * as store from './store.ts';

export interface SignIn {
  username: string;
  password: string;
}

export interface Caller {
  from: string;
  userAgent: string;
}

export interface Opened {
  /** For the cookie; never stored. */
  token: string;
  session: string;
  status: SessionStatus;
  holder: store.Holder;
}

const minutes = (from: Date, count: number): Date => new Date(from.getTime() + count * 60_000);

/** Signing in by name and password: one answer and one duration for all that is wrong (H-11.1-e-1, I-8.3-a). */
export function createSigningIn(context: Context, attempts: Attempts) {
  const { db, clock, audit } = context;

  async function journalRefused(
    caller: Caller,
    typed: string,
    account: string | undefined,
    why: string,
  ): Promise<void> {
    const [holder] = account === undefined ? [] : await db.systemRead(store.holderById(account, clock.now()));
    const [home] = holder ? [] : await db.systemRead(operatingBody);
    const organisation = (holder?.organisation ?? home?.id) as OrganisationId | undefined;
    if (organisation === undefined) return;
    // A name nobody has may be a password typed into the wrong field.
    const actor: Actor = holder
      ? actorOf(context, holder, undefined, caller.from)
      : {
          ...systemActor('unknown', organisation),
          kind: 'user',
          name: `${[...typed].slice(0, 2).join('')}…`,
          from: caller.from,
        };
    const subject = holder ? `user:${holder.account}` : 'user:unknown';
    await db.systemTransaction((tx) =>
      audit.add(tx, actor, { action: 'session.open', subject, outcome: 'refused', detail: { why } }),
    );
  }

  async function check(caller: Caller, { username, password }: SignIn): Promise<string> {
    const [found] = await db.systemRead(store.credentialByName(username));
    const counting = async () => {
      await attempts.count('address', caller.from);
      await attempts.count('name', username);
    };
    await counting().catch(async (cause: unknown) => {
      await journalRefused(caller, username, found?.account, 'too-many-attempts');
      throw cause;
    });
    const right = found?.hash ? await verifyPassword(found.hash, password) : await pretendToVerify(password);
    if (!found?.hash || !right) {
      await journalRefused(caller, username, found?.account, 'wrong-password');
      throw new SignInRefused();
    }
    await attempts.forget('name', username);
    await attempts.takeBack('address', caller.from);
    if (isOutdated(found.hash))
      await db.systemRead(store.replaceHash(found.account, found.hash, await hashPassword(password)));
    return found.account;
  }

  async function begin(caller: Caller, account: string): Promise<Opened> {
    const now = clock.now();
    const token = newToken();
    const session = newId();
    return db.systemTransaction(async (tx) => {
      const holder = await tx.one(store.holderById(account, now), () => new SignInRefused());
      const status = sessionStatus(context, holder, false);
      const { organisation, absoluteMinutes } = holder;
      const times = {
        madeAt: now,
        seenAt: now,
        expiresAt: minutes(now, absoluteMinutes),
        freshUntil: minutes(now, freshMinutes),
      };
      const { from } = caller;
      const userAgent = caller.userAgent.slice(0, 200);
      await tx.run(
        store.addSession({ id: session, account, organisation, status, ...times, from, userAgent }, tokenHash(token)),
      );
      const surplus = await tx.all(store.endSurplus(account, now));
      await announceEnded(context, tx, surplus, 'too-many');
      const actor = actorOf(context, holder, { id: session, status }, from);
      await audit.add(tx, actor, { action: 'session.open', subject: `user:${account}`, detail: { status, userAgent } });
      return { token, session, status, holder };
    });
  }

  return {
    /** Throws SignInRefused, SignInBlocked. A session the caller still had is the caller's to end. */
    open: async (caller: Caller, typed: SignIn): Promise<Opened> => begin(caller, await check(caller, typed)),
  };
}

export type SigningIn = ReturnType<typeof createSigningIn>;
