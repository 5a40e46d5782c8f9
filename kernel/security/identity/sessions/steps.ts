import type { Actor } from '@keystead/contracts/access';
import { NotAllowed } from '@keystead/contracts/problem';
import type { Tx } from '@keystead/kernel/db';
import type { Context } from '../context.ts';
import type { Attempts } from '../credentials/attempts.ts';
import { verifyPassword } from '../credentials/password.ts';
import { looksLikeRecovery, recoveryHash } from '../credentials/recovery.ts';
import type { SecondFactor } from '../credentials/second-factor.ts';
import { sessionStatus } from './holder.ts';
import {
  AnswerRefused,
  freshMinutes,
  newToken,
  SessionMissing,
  SessionNotReady,
  type SessionStatus,
  tokenHash,
} from './session.ts';
import * as store from './store.ts';

/** The session an actor came with, and whose it is. */
export interface Mine {
  session: store.Session;
  holder: store.Holder;
}

/** A session after a step up: its new token and what it may now. */
export interface Step {
  token: string;
  status: SessionStatus;
}

/** What the steps of a session share: finding it, asking again, and giving it another token. */
export function createSteps(context: Context, attempts: Attempts, factor: SecondFactor) {
  const { db, clock, audit } = context;

  async function mine(actor: Actor, ...statuses: SessionStatus[]): Promise<Mine> {
    if (actor.kind !== 'user' || actor.session === undefined) throw new NotAllowed({ reason: 'session-only' });
    const [session] = await db.systemRead(store.sessionById(actor.session));
    const [holder] = session ? await db.systemRead(store.holderById(session.account, clock.now())) : [];
    if (!session || !holder) throw new SessionMissing();
    if (statuses.length > 0 && !statuses.includes(session.status)) throw new SessionNotReady({ next: session.status });
    return { session, holder };
  }

  /** Counts the attempt, tries it, and journals a failure. Throws AnswerRefused, SignInBlocked. */
  async function tried(actor: Actor, account: string, action: string, attempt: () => Promise<boolean>): Promise<void> {
    await attempts.count('factor', account);
    if (await attempt()) {
      await attempts.forget('factor', account);
      return;
    }
    await db.systemTransaction((tx) =>
      audit.add(tx, actor, { action, subject: `user:${account}`, outcome: 'refused', detail: { why: 'wrong-answer' } }),
    );
    throw new AnswerRefused();
  }

  /** A code of the device, or one of the codes on paper. */
  const byCode = (tx: Tx, holder: store.Holder, code: string): Promise<boolean> =>
    looksLikeRecovery(code)
      ? store.useRecoveryCode(tx, holder.account, recoveryHash(code), clock.now())
      : factor.verify(tx, holder, code);

  async function byPassword(account: string, password: string): Promise<boolean> {
    const [row] = await db.systemRead(store.credentialOf(account));
    return row !== undefined && (await verifyPassword(row.hash, password));
  }

  const freshFrom = (now: Date): Date => new Date(now.getTime() + freshMinutes * 60_000);

  /** Another token for another standing, so that a token seen before is worth nothing after. */
  async function stepUp(tx: Tx, session: store.Session): Promise<Step> {
    const now = clock.now();
    const holder = await tx.one(store.holderById(session.account, now), () => new SessionMissing());
    const status = sessionStatus(context, holder, { shown: true, byCode: session.byCode });
    const token = newToken();
    const touched = await tx.run(store.renewSession(session.id, tokenHash(token), status, freshFrom(now)));
    if (touched === 0) throw new SessionMissing();
    return { token, status };
  }

  return { mine, tried, byCode, byPassword, freshFrom, stepUp };
}

export type Steps = ReturnType<typeof createSteps>;
