import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { InputInvalid } from '@keystead/contracts/problem';
import type { Tx } from '@keystead/kernel/db';
import type { Context } from '../context.ts';
import { AccountMissing } from '../people/account.ts';
import { accountById } from '../people/store.ts';
import { requireFresh } from '../sessions/fresh.ts';
import { keepAdministrator } from './administrator.ts';
import { announceRights } from './announcing.ts';
import { checkGiving } from './permission.ts';
import { checkReach, PlaceUnknown } from './reach.ts';
import { AssignmentMissing, RoleMissing } from './role.ts';
import type { AssignmentDraft, AssignmentView } from './schemas.ts';
import * as store from './store.ts';

export const viewAssignment = (row: store.AssignmentRow): AssignmentView => ({
  id: row.id,
  role: { id: row.role, code: row.code, names: row.names },
  reach: row.reach,
  places: row.places,
  validFrom: row.validFrom?.toISOString() ?? null,
  validUntil: row.validUntil?.toISOString() ?? null,
});

/** Who holds which role, where and how long (I-5.1-b). */
export function createAssignments(context: Context) {
  const { db, clock, audit } = context;

  async function pathsOf(tx: Tx, actor: Actor, draft: AssignmentDraft): Promise<Map<string, string>> {
    const ids = draft.places ?? [];
    if (draft.reach !== 'places') {
      if (ids.length > 0) throw new InputInvalid({ in: 'body' }, [{ pointer: '/places', code: 'not-with-this-reach' }]);
      return new Map();
    }
    if (ids.length === 0) throw new InputInvalid({ in: 'body' }, [{ pointer: '/places', code: 'required' }]);
    const paths = await context.places.pathsOf(tx, actor.scope.organisation, ids);
    const unknown = ids.filter((id) => !paths.has(id));
    if (unknown.length > 0) throw new PlaceUnknown({ places: unknown });
    return paths;
  }

  async function checkAccount(tx: Tx, organisation: string, account: string): Promise<void> {
    const found = await tx.one(accountById(organisation, account), () => new AccountMissing({ id: account }));
    if (found.state === 'deleted') throw new AccountMissing({ id: account });
  }

  return {
    listOf: async (actor: Actor, account: string): Promise<AssignmentView[]> =>
      (await db.read(actor.scope, store.assignmentsOf([account]))).map(viewAssignment),

    /**
     * Gives a role; the giver holds all its rights and reaches at least as far. Throws AccountMissing, RoleMissing,
     * RightNotHeld, ReachTooWide, PlaceUnknown, ConfirmationNeeded.
     */
    add: async (actor: Actor, account: string, draft: AssignmentDraft): Promise<AssignmentView> => {
      await requireFresh(context, actor);
      const validFrom = draft.validFrom === undefined ? null : new Date(draft.validFrom);
      const validUntil = draft.validUntil === undefined ? null : new Date(draft.validUntil);
      if (validFrom && validUntil && validFrom >= validUntil)
        throw new InputInvalid({ in: 'body' }, [{ pointer: '/validUntil', code: 'before-its-beginning' }]);
      const id = newId();
      const row = await db.transaction(actor.scope, async (tx) => {
        await checkAccount(tx, actor.scope.organisation, account);
        const role = await tx.one(store.roleById(draft.role), () => new RoleMissing({ id: draft.role }));
        checkGiving(role.permissions, actor.permissions, context.permissions());
        const paths = await pathsOf(tx, actor, draft);
        checkReach(draft.reach, [...paths.values()], actor.scope);
        const { organisation } = actor.scope;
        const made = { id, organisation, account, role: role.id, reach: draft.reach, validFrom, validUntil };
        await store.addAssignment(tx, made, paths, clock.now());
        await announceRights(context, tx, actor.scope.organisation, [account]);
        const detail = { ...draft, role: role.code };
        await audit.add(tx, actor, { action: 'role.assign', subject: `user:${account}`, detail });
        return tx.one(store.assignmentById(id), () => new AssignmentMissing({ id }));
      });
      context.forget();
      return viewAssignment(row);
    },

    /** Throws AssignmentMissing, LastAdministrator, ConfirmationNeeded. */
    remove: async (actor: Actor, account: string, id: string): Promise<void> => {
      await requireFresh(context, actor);
      await db.transaction(actor.scope, async (tx) => {
        const row = await tx.one(store.assignmentById(id), () => new AssignmentMissing({ id }));
        if (row.account !== account) throw new AssignmentMissing({ id });
        await tx.run(store.removeAssignment(id));
        await keepAdministrator(context, tx, actor.scope.organisation);
        await announceRights(context, tx, actor.scope.organisation, [account]);
        const detail = { role: row.code, reach: row.reach, places: row.places };
        await audit.add(tx, actor, { action: 'role.unassign', subject: `user:${account}`, detail });
      });
      context.forget();
    },
  };
}

export type Assignments = ReturnType<typeof createAssignments>;
