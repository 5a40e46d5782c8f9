import { type OrganisationId, systemActor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { EditConflict } from '@keystead/contracts/problem';
import type { Tx } from '@keystead/kernel/db';
import type { Context } from '../context.ts';
import { organisations } from '../people/store.ts';
import { announceRights } from './announcing.ts';
import type { Role } from './role.ts';
import { holdOrganisation, noteShipped, shippedRoles } from './shipped-store.ts';
import * as store from './store.ts';
import { type RoleTemplate, templates } from './templates.ts';

/**
 * What happens to a role of an organisation when a version ships it: it is `made` when it was never shipped before,
 * `follows` when its rights are still those last shipped, is `kept` when somebody edited it, and `none` when there is
 * nothing to do: nothing new was shipped, it has these rights already, or it was deleted since.
 */
export type Course = 'made' | 'follows' | 'kept' | 'none';

type Rights = Pick<Role, 'permissions' | 'denies'>;

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((each) => other.includes(each));

const isAs = ({ permissions, denies }: Rights, shipped: readonly string[]): boolean =>
  denies.length === 0 && isSame(permissions, shipped);

/** `before` is what was last shipped; undefined when this never was. */
export function courseOf(
  { permissions }: Pick<RoleTemplate, 'permissions'>,
  before: readonly string[] | undefined,
  role: Rights | undefined,
): Course {
  if (role === undefined) return before === undefined ? 'made' : 'none';
  if (before !== undefined && isSame(before, permissions)) return 'none';
  if (isAs(role, permissions)) return 'none';
  return before !== undefined && isAs(role, before) ? 'follows' : 'kept';
}

/** What this version ships as a role of that code; null for roles people made themselves. */
export const shippedAs = (code: string): string[] | null => {
  const found = templates.find((template) => template.code === code);
  return found ? [...found.permissions] : null;
};

/**
 * Gives an organisation the roles this version ships: new ones are made, those nobody edited get the rights they have
 * now, edited ones stay as they are and the journal says what they lack.
 */
async function ship(context: Context, tx: Tx, organisation: string, shipped: readonly RoleTemplate[]): Promise<void> {
  const { audit, clock } = context;
  const actor = systemActor('bootstrap', organisation as OrganisationId);
  await tx.run(holdOrganisation(organisation));
  const before = new Map((await tx.all(shippedRoles(organisation))).map((row) => [row.code, row.permissions]));
  const roles = new Map((await tx.all(store.rolesOf(organisation))).map((role) => [role.code, role]));
  for (const template of shipped) {
    const { code, names } = template;
    const [permissions, last, role] = [[...template.permissions], before.get(code), roles.get(code)];
    if (last !== undefined && isSame(last, permissions)) continue;
    const course = courseOf(template, last, role);
    if (role === undefined) {
      if (course === 'made') {
        const [id, draft] = [newId(), { code, names, permissions, denies: [] }];
        await tx.run(store.addRole(id, organisation, draft, clock.now()));
        await audit.add(tx, actor, { action: 'role.create', subject: `role:${id}`, detail: draft });
      }
    } else if (course === 'follows') {
      await tx.one(store.saveRole({ ...role, permissions }), () => new EditConflict());
      await announceRights(
        context,
        tx,
        organisation,
        (await tx.all(store.holdersOf(role.id))).map((row) => row.account),
      );
      const detail = { code, from: role, to: { permissions } };
      await audit.add(tx, actor, { action: 'role.update', subject: `role:${role.id}`, detail });
    } else if (course === 'kept') {
      const lacks = permissions.filter((each) => !role.permissions.includes(each));
      if (lacks.length > 0)
        await audit.add(tx, actor, { action: 'role.keep', subject: `role:${role.id}`, detail: { code, lacks } });
    }
    await tx.run(noteShipped(organisation, code, permissions, clock.now()));
  }
}

/** At each start every organisation of the installation gets what this version ships; several may start at once. */
export async function shipRoles(context: Context, shipped: readonly RoleTemplate[] = templates): Promise<void> {
  for (const { id } of await context.db.systemRead(organisations))
    await context.db.systemTransaction((tx) => ship(context, tx, id, shipped));
  context.forget();
}
