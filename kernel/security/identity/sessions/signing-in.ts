import { type Actor, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import type { Context } from '../context.ts';
import type { Attempts } from '../credentials/attempts.ts';
import { codeSeconds, type OneTimeCodes } from '../credentials/one-time-code.ts';
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
export function createSigningIn(context: Context, attempts: Attempts, codes: OneTimeCodes) {
  const { db, clock, audit, log } = context;

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

  async function begin(caller: Caller, account: string, byCode: boolean): Promise<Opened> {
    const now = clock.now();
    const token = newToken();
    const session = newId();
    return db.systemTransaction(async (tx) => {
      const holder = await tx.one(store.holderById(account, now), () => new SignInRefused());
      const status = sessionStatus(context, holder, { shown: false, byCode });
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
        store.addSession(
          { id: session, account, organisation, status, byCode, ...times, from, userAgent },
          tokenHash(token),
        ),
      );
      const surplus = await tx.all(store.endSurplus(account, now));
      await announceEnded(context, tx, surplus, 'too-many');
      const actor = actorOf(context, holder, { id: session, status }, from);
      await audit.add(tx, actor, {
        action: 'session.open',
        subject: `user:${account}`,
        detail: { status, byCode, userAgent },
      });
      return { token, session, status, holder };
    });
  }

  /** A tenant's way in by phone; a number two accounts have leads to none. */
  async function tenantOf(phone: string): Promise<{ account: string; organisation: string } | undefined> {
    const found = await db.systemRead(store.tenantsByPhone(phone));
    return found.length === 1 ? found[0] : undefined;
  }

  async function checkCode(caller: Caller, { phone, code }: { phone: string; code: string }): Promise<string> {
    const found = await tenantOf(phone);
    const counting = async () => {
      await attempts.count('address', caller.from);
      await attempts.count('name', `phone ${phone}`);
    };
    await counting().catch(async (cause: unknown) => {
      await journalRefused(caller, '', found?.account, 'too-many-attempts');
      throw cause;
    });
    if (!found || !(await codes.use(found.account, 'sign-in', code))) {
      await journalRefused(caller, '', found?.account, 'wrong-code');
      throw new SignInRefused();
    }
    await attempts.forget('name', `phone ${phone}`);
    await attempts.takeBack('address', caller.from);
    await attempts.forget('address', `codes ${caller.from}`);
    return found.account;
  }

  return {
    /**
     * Sends a tenant a code to sign in with; the same answer whether the number is anybody's. Answers how many seconds
     * a code lives. Throws SignInBlocked.
     */
    sendCode: async (caller: Caller, phone: string): Promise<number> => {
      await attempts.count('address', `codes ${caller.from}`);
      const found = await tenantOf(phone);
      // Not waited for: how long it takes would tell whether the number is somebody's.
      if (found)
        void codes.send(found, 'sign-in').catch((cause: unknown) => log.error({ err: cause }, 'a code was not sent'));
      return codeSeconds;
    },
    /** Throws SignInRefused, SignInBlocked. */
    openByCode: async (caller: Caller, typed: { phone: string; code: string }): Promise<Opened> =>
      begin(caller, await checkCode(caller, typed), true),
    /** Throws SignInRefused, SignInBlocked. A session the caller still had is the caller's to end. */
    open: async (caller: Caller, typed: SignIn): Promise<Opened> => begin(caller, await check(caller, typed), false),
  };
}

export type SigningIn = ReturnType<typeof createSigningIn>;
