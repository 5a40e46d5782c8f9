import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { EditConflict, InputInvalid } from '@keystead/contracts/problem';
import type { Tx } from '@keystead/kernel/db';
import type { Context } from '../context.ts';
import { hashPassword, makePassword } from '../credentials/password.ts';
import { checkPassword } from '../credentials/password-rules.ts';
import { keepAdministrator } from '../rights/administrator.ts';
import { viewAssignment } from '../rights/assignments.ts';
import { RightNotHeld } from '../rights/permission.ts';
import { assignmentsOf, removeAssignmentsOf } from '../rights/store.ts';
import { announceEnded } from '../sessions/ending.ts';
import { requireFresh } from '../sessions/fresh.ts';
import { permissionsOf } from '../sessions/holder.ts';
import { endSessionsOf, holderById } from '../sessions/store.ts';
import { type Account, AccountMissing, OwnAccount, UserNameTaken } from './account.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { isWaived } from './organisation.ts';
import type { UserChange, UserDraft, UserQuery, UserView } from './schemas.ts';
import * as store from './store.ts';

/** Users of an organisation (I-5.1-a). Secrets are the platform's alone, so changes run as it, bound to the actor's organisation. */
export function createAccounts(context: Context) {
  const { db, clock, audit } = context;

  async function views(actor: Actor, rows: readonly Account[]): Promise<UserView[]> {
    const ids = rows.map(({ id }) => id);
    const assigned = await db.read(actor.scope, assignmentsOf(ids));
    const enrolled = new Set((await db.systemRead(store.hasFactor(ids))).map(({ account }) => account));
    return rows.map(({ organisation: _, userName, madeAt, ...rest }) => ({
      ...rest,
      username: userName,
      secondFactor: enrolled.has(rest.id),
      roles: assigned.filter(({ account }) => account === rest.id).map(viewAssignment),
      madeAt: madeAt.toISOString(),
    }));
  }

  async function view(actor: Actor, account: Account): Promise<UserView> {
    const [one] = await views(actor, [account]);
    if (!one) throw new AccountMissing({ id: account.id });
    return one;
  }

  const find = (tx: Tx, actor: Actor, id: string): Promise<Account> =>
    tx.one(store.accountById(actor.scope.organisation, id), () => new AccountMissing({ id }));

  /** Nobody gets at the account of one who may more than himself. */
  async function checkAbove(tx: Tx, actor: Actor, id: string): Promise<void> {
    const holder = await tx.one(holderById(id, clock.now()), () => new AccountMissing({ id }));
    const missing = [...permissionsOf(context, holder)].filter((each) => !actor.permissions.has(each));
    if (missing.length > 0) throw new RightNotHeld({ permissions: missing.slice(0, 20) });
  }

  async function endAll(tx: Tx, id: string, reason: string): Promise<number> {
    const ended = await tx.all(endSessionsOf(id, null, reason, clock.now()));
    await announceEnded(context, tx, ended, reason);
    return ended.length;
  }

  /** A given password is checked, a missing one made. */
  function passwordFor(given: string | undefined, owner: { userName: string; name: string }) {
    if (given !== undefined) checkPassword(given, owner);
    return { text: given ?? makePassword(), made: given === undefined };
  }

  async function mayKeepPassword(tx: Tx, actor: Actor, draft: UserDraft): Promise<boolean> {
    if (draft.mustChange !== false) return false;
    const [organisation] = await tx.all(store.organisationById(actor.scope.organisation));
    return organisation !== undefined && isWaived(organisation, context.settings);
  }

  return {
    list: async (actor: Actor, query: UserQuery): Promise<{ items: UserView[]; next: string | null }> => {
      const after = query.cursor === undefined ? undefined : readCursor(query.cursor);
      const asked = { ...query, ...(after ? { after } : {}), limit: query.limit + 1 };
      const rows = await db.read(actor.scope, store.accounts(actor.scope.organisation, asked));
      const last = rows.length > query.limit ? rows[query.limit - 1] : undefined;
      const items = await views(actor, rows.slice(0, query.limit));
      return { items, next: last ? writeCursor(last) : null };
    },

    /** Also one who was deleted. Throws AccountMissing. */
    get: async (actor: Actor, id: string): Promise<UserView> => {
      const [row] = await db.read(actor.scope, store.accountById(actor.scope.organisation, id));
      if (!row) throw new AccountMissing({ id });
      return view(actor, row);
    },

    /** Throws UserNameTaken, PasswordTooWeak, InputInvalid without a contact. */
    create: async (actor: Actor, draft: UserDraft): Promise<{ user: UserView; password?: string }> => {
      const { username: userName, name, phone = '', email = '', language = 'zh-CN', kind = 'staff' } = draft;
      if (phone === '' && email === '')
        throw new InputInvalid({ in: 'body' }, [{ pointer: '/phone', code: 'contact-required' }]);
      const { text, made } = passwordFor(draft.password, { userName, name });
      const hash = await hashPassword(text);
      const now = clock.now();
      const { organisation } = actor.scope;
      const account = await db.systemTransaction(async (tx) => {
        const row = {
          id: newId(),
          organisation,
          kind,
          userName,
          name,
          phone,
          email,
          language,
          state: 'active' as const,
        };
        const added = await tx.one(
          store.addAccount({ ...row, madeAt: now }),
          () => new UserNameTaken({ username: userName }),
        );
        await tx.run(store.setPassword(added, hash, !(await mayKeepPassword(tx, actor, draft)), now));
        const detail = { username: userName, name, kind };
        await audit.add(tx, actor, { action: 'user.create', subject: `user:${added.id}`, detail });
        return added;
      });
      return { user: await view(actor, account), ...(made ? { password: text } : {}) };
    },

    /** Throws AccountMissing, EditConflict, UserNameTaken, OwnAccount, RightNotHeld, LastAdministrator. */
    update: async (actor: Actor, id: string, change: UserChange, version: number | undefined): Promise<UserView> => {
      const { username, ...rest } = change;
      const saved = await db.systemTransaction(async (tx) => {
        const before = await find(tx, actor, id);
        if (before.state === 'deleted') throw new AccountMissing({ id });
        if (version !== undefined && version !== before.version) throw new EditConflict({ version: before.version });
        await checkAbove(tx, actor, id);
        if (change.state === 'disabled' && id === actor.id) throw new OwnAccount();
        const wanted: Account = { ...before, ...rest, userName: username ?? before.userName };
        if (wanted.phone === '' && wanted.email === '' && (before.phone !== '' || before.email !== ''))
          throw new InputInvalid({ in: 'body' }, [{ pointer: '/phone', code: 'contact-required' }]);
        if ((await tx.all(store.isUserNameTaken(wanted.userName, id)))[0]?.taken)
          throw new UserNameTaken({ username: wanted.userName });
        const after = await tx.one(store.saveAccount(wanted, clock.now()), () => new EditConflict());
        if (after.state === 'disabled' && before.state !== 'disabled') await endAll(tx, id, 'disabled');
        if (after.state !== before.state) await keepAdministrator(context, tx, actor.scope.organisation);
        await audit.add(tx, actor, {
          action: 'user.update',
          subject: `user:${id}`,
          detail: { from: before, to: change },
        });
        return after;
      });
      context.forget();
      return view(actor, saved);
    },

    /** The account cannot be used any more and its contacts are forgotten; id and names stay for history. */
    remove: async (actor: Actor, id: string): Promise<void> => {
      await requireFresh(context, actor);
      if (id === actor.id) throw new OwnAccount();
      await db.systemTransaction(async (tx) => {
        const before = await find(tx, actor, id);
        if (before.state === 'deleted') throw new AccountMissing({ id });
        await checkAbove(tx, actor, id);
        const now = clock.now();
        await tx.one(
          store.saveAccount({ ...before, state: 'deleted', phone: '', email: '' }, now),
          () => new EditConflict(),
        );
        await endAll(tx, id, 'deleted');
        await tx.run(store.removePassword(id));
        await tx.run(store.removeFactors(id));
        await tx.run(store.revokeKeys(id, now));
        await tx.run(removeAssignmentsOf(id));
        await keepAdministrator(context, tx, actor.scope.organisation);
        await audit.add(tx, actor, {
          action: 'user.delete',
          subject: `user:${id}`,
          detail: { username: before.userName },
        });
      });
      context.forget();
    },

    /** Another password for someone who lost his; it must be changed at the next sign-in. Given back when made here. */
    resetPassword: async (actor: Actor, id: string, given: string | undefined): Promise<{ password?: string }> => {
      await requireFresh(context, actor);
      const made = await db.systemTransaction(async (tx) => {
        const account = await find(tx, actor, id);
        if (account.state === 'deleted') throw new AccountMissing({ id });
        await checkAbove(tx, actor, id);
        const password = passwordFor(given, account);
        await tx.run(store.setPassword(account, await hashPassword(password.text), true, clock.now()));
        const ended = await endAll(tx, id, 'password-reset');
        await audit.add(tx, actor, { action: 'user.reset-password', subject: `user:${id}`, detail: { ended } });
        return password;
      });
      context.forget();
      return made.made ? { password: made.text } : {};
    },

    /** For one who lost his device: he enrols anew at the next sign-in. */
    resetFactor: async (actor: Actor, id: string): Promise<void> => {
      await requireFresh(context, actor);
      await db.systemTransaction(async (tx) => {
        await find(tx, actor, id);
        await checkAbove(tx, actor, id);
        await tx.run(store.removeFactors(id));
        const ended = await endAll(tx, id, 'second-factor-reset');
        await audit.add(tx, actor, { action: 'user.reset-second-factor', subject: `user:${id}`, detail: { ended } });
      });
      context.forget();
    },

    /** Ends all sessions of someone. */
    endSessions: async (actor: Actor, id: string): Promise<{ ended: number }> => {
      const ended = await db.systemTransaction(async (tx) => {
        await find(tx, actor, id);
        const count = await endAll(tx, id, 'ended-by-administrator');
        await audit.add(tx, actor, { action: 'user.end-sessions', subject: `user:${id}`, detail: { ended: count } });
        return count;
      });
      context.forget();
      return { ended };
    },
  };
}

export type Accounts = ReturnType<typeof createAccounts>;
