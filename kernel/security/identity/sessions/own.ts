import type { Actor } from '@keystead/contracts/access';
import { InputInvalid } from '@keystead/contracts/problem';
import type { Context } from '../context.ts';
import { hashPassword } from '../credentials/password.ts';
import { checkPassword, PasswordTooWeak } from '../credentials/password-rules.ts';
import { setPassword } from '../people/store.ts';
import { announceEnded } from './ending.ts';
import { SessionMissing, type SessionStatus } from './session.ts';
import type { Step, Steps } from './steps.ts';
import * as store from './store.ts';

const ready: SessionStatus[] = ['active'];

/** What people do with their own sessions and password. */
export function createOwn(context: Context, steps: Steps) {
  const { db, clock, audit } = context;

  async function end(actor: Actor, id: string, action: string): Promise<void> {
    await db.systemTransaction(async (tx) => {
      const ended = await tx.all(store.endSession(id, action, clock.now()));
      if (ended.length === 0) throw new SessionMissing({ id });
      await announceEnded(context, tx, ended, action);
      await audit.add(tx, actor, {
        action: 'session.close',
        subject: `user:${actor.id}`,
        detail: { session: id, how: action },
      });
    });
    context.forget();
  }

  return {
    /** Shows the second factor: a code of the device or one from paper. Throws AnswerRefused, SignInBlocked, SessionNotReady. */
    showFactor: async (actor: Actor, code: string): Promise<Step> => {
      const { session, holder } = await steps.mine(actor, 'second-factor');
      let step: Step | undefined;
      await steps.tried(actor, holder.account, 'session.second-factor', () =>
        db.systemTransaction(async (tx) => {
          if (!(await steps.byCode(tx, holder, code))) return false;
          step = await steps.stepUp(tx, session);
          const detail = { status: step.status, paper: code.length > 6 };
          await audit.add(tx, actor, { action: 'session.second-factor', subject: `user:${holder.account}`, detail });
          return true;
        }),
      );
      context.forget();
      if (!step) throw new SessionMissing();
      return step;
    },

    /** Shows the password or a code once more, before sensitive acts. Throws AnswerRefused, SignInBlocked. */
    confirm: async (actor: Actor, answer: { password?: string; code?: string }): Promise<{ freshUntil: string }> => {
      const { session, holder } = await steps.mine(actor, ...ready);
      const { password, code } = answer;
      if ((password === undefined) === (code === undefined))
        throw new InputInvalid({ in: 'body' }, [{ pointer: '/', code: 'password-or-code' }]);
      await steps.tried(actor, holder.account, 'session.confirm', () =>
        password === undefined
          ? db.systemTransaction((tx) => steps.byCode(tx, holder, code ?? ''))
          : steps.byPassword(holder.account, password),
      );
      const freshUntil = steps.freshFrom(clock.now());
      await db.systemTransaction(async (tx) => {
        await tx.run(store.refresh(session.id, freshUntil));
        await audit.add(tx, actor, { action: 'session.confirm', subject: `user:${holder.account}` });
      });
      return { freshUntil: freshUntil.toISOString() };
    },

    /** Another password; all other sessions of the account end. Throws AnswerRefused, PasswordTooWeak, SessionNotReady. */
    changePassword: async (actor: Actor, current: string, next: string): Promise<Step> => {
      const { session, holder } = await steps.mine(actor, 'active', 'change-password');
      await steps.tried(actor, holder.account, 'password.change', () => steps.byPassword(holder.account, current));
      checkPassword(next, holder, '/next');
      if (next.normalize('NFKC') === current.normalize('NFKC'))
        throw new PasswordTooWeak({}, [{ pointer: '/next', code: 'same-as-before' }]);
      const hash = await hashPassword(next);
      const step = await db.systemTransaction(async (tx) => {
        await tx.run(setPassword({ id: holder.account, organisation: holder.organisation }, hash, false, clock.now()));
        const others = await tx.all(store.endSessionsOf(holder.account, session.id, 'password-changed', clock.now()));
        await announceEnded(context, tx, others, 'password-changed');
        await audit.add(tx, actor, {
          action: 'password.change',
          subject: `user:${holder.account}`,
          detail: { ended: others.length },
        });
        return steps.stepUp(tx, session);
      });
      context.forget();
      return step;
    },

    list: async (actor: Actor): Promise<store.Session[]> => {
      const { holder } = await steps.mine(actor, ...ready);
      return db.systemRead(store.sessionsOf(holder.account));
    },

    signOut: async (actor: Actor): Promise<void> => {
      const { session } = await steps.mine(actor);
      await end(actor, session.id, 'signed-out');
    },

    /** Ends another session of one's own. Throws SessionMissing. */
    revoke: async (actor: Actor, id: string): Promise<void> => {
      const { holder } = await steps.mine(actor, ...ready);
      const [other] = await db.systemRead(store.sessionById(id));
      if (other?.account !== holder.account) throw new SessionMissing({ id });
      await end(actor, id, 'revoked');
    },
  };
}

export type Own = ReturnType<typeof createOwn>;
