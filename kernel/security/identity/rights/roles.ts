import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { EditConflict } from '@keystead/contracts/problem';
import type { Context } from '../context.ts';
import { requireFresh } from '../sessions/fresh.ts';
import { keepAdministrator } from './administrator.ts';
import { announceRights } from './announcing.ts';
import { checkGiving } from './permission.ts';
import { type Role, RoleCodeTaken, RoleInUse, RoleMissing } from './role.ts';
import type { RoleChange, RoleDraft } from './schemas.ts';
import * as store from './store.ts';

/** Named sets of rights of an organisation (I-5.1-b). Whoever makes one gives no right he does not hold himself. */
export function createRoles(context: Context) {
  const { db, clock, audit } = context;

  async function get(actor: Actor, id: string): Promise<Role> {
    const [role] = await db.read(actor.scope, store.roleById(id));
    if (!role) throw new RoleMissing({ id });
    return role;
  }

  return {
    get,
    list: (actor: Actor): Promise<Role[]> => db.read(actor.scope, store.roles),

    /** Throws RoleCodeTaken, RightNotHeld, PermissionUnknown, ConfirmationNeeded. */
    create: async (actor: Actor, draft: RoleDraft): Promise<Role> => {
      await requireFresh(context, actor);
      checkGiving(draft.permissions, actor.permissions, context.permissions());
      return db.transaction(actor.scope, async (tx) => {
        const whole = { ...draft, denies: draft.denies ?? [] };
        const role = await tx.one(
          store.addRole(newId(), actor.scope.organisation, whole, clock.now()),
          () => new RoleCodeTaken({ code: draft.code }),
        );
        await audit.add(tx, actor, { action: 'role.create', subject: `role:${role.id}`, detail: whole });
        return role;
      });
    },

    /** Throws RoleMissing, EditConflict and what `create` throws; LastAdministrator. */
    update: async (actor: Actor, id: string, change: RoleChange, version: number | undefined): Promise<Role> => {
      await requireFresh(context, actor);
      const before = await get(actor, id);
      if (version !== undefined && version !== before.version) throw new EditConflict({ version: before.version });
      checkGiving(change.permissions ?? [], actor.permissions, context.permissions());
      const saved = await db.transaction(actor.scope, async (tx) => {
        const after = await tx.one(store.saveRole({ ...before, ...change }), () => new EditConflict());
        await keepAdministrator(context, tx, actor.scope.organisation);
        const holders = (await tx.all(store.holdersOf(id))).map((row) => row.account);
        await announceRights(context, tx, actor.scope.organisation, holders);
        const detail = { code: after.code, from: before, to: change };
        await audit.add(tx, actor, { action: 'role.update', subject: `role:${id}`, detail });
        return after;
      });
      context.forget();
      return saved;
    },

    /** Throws RoleMissing, RoleInUse. */
    remove: async (actor: Actor, id: string): Promise<void> => {
      await requireFresh(context, actor);
      const role = await get(actor, id);
      await db.transaction(actor.scope, async (tx) => {
        if ((await tx.all(store.isRoleHeld(id)))[0]?.held) throw new RoleInUse({ id });
        await tx.run(store.removeRole(id));
        await audit.add(tx, actor, { action: 'role.delete', subject: `role:${id}`, detail: { code: role.code } });
      });
    },
  };
}

export type Roles = ReturnType<typeof createRoles>;
