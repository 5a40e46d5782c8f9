import type { Actor } from '@keystead/contracts/access';
import { type ActionUse, actionsSince } from '@keystead/kernel/security/audit';
import { type Static, Type } from 'typebox';
import type { Context } from '../context.ts';
import { expand } from './permission.ts';
import { IdText, Names, Time } from './schemas.ts';
import { holdings, keyOwners, type RoleHolding } from './store.ts';

export const UnusedRights = Type.Object({
  since: Time,
  items: Type.Array(
    Type.Object({
      user: Type.Object({ id: IdText, username: Type.String(), name: Type.String() }),
      role: Type.Object({ id: IdText, code: Type.String(), names: Names }),
      /** Rights to change something that the role gives and the user has not used. */
      permissions: Type.Array(Type.String()),
    }),
  ),
});
export type UnusedRights = Static<typeof UnusedRights>;

const most = 1000;

/**
 * Which right an action in the journal used: `alarm.acknowledge` → `alarm:acknowledge`; `alarm-rule.create` → `alarm:rule`;
 * `user.create` → `user:write`. An action of a noun that names no right of its own may have used any right of that noun.
 */
export function rightsUsed(action: string, all: ReadonlySet<string>): string[] {
  const [noun = '', verb = ''] = action.split('.');
  const exact = [`${noun}:${verb}`, noun.replace('-', ':')].find((each) => all.has(each));
  if (exact !== undefined) return [exact];
  const stem = noun.split('-')[0];
  return [...all].filter((each) => [noun, stem].includes(each.split(':')[0]) && !each.endsWith(':read'));
}

/**
 * Rights that roles give and their holders have not used since a time (H-11.1-a-1). Reading leaves no line, so only
 * rights that change something are judged. Pure: holdings and journal in, findings out.
 */
export function findUnused(
  roles: readonly RoleHolding[],
  used: readonly ActionUse[],
  owners: ReadonlyMap<string, string>,
  all: ReadonlySet<string>,
): UnusedRights['items'] {
  const usedBy = new Map<string, Set<string>>();
  for (const { actor, action } of used) {
    const account = owners.get(actor) ?? actor;
    const rights = usedBy.get(account) ?? new Set();
    for (const right of rightsUsed(action, all)) rights.add(right);
    usedBy.set(account, rights);
  }
  return roles
    .map(({ account, userName, name, role, code, names, permissions }) => ({
      user: { id: account, username: userName, name },
      role: { id: role, code, names },
      permissions: [...expand(permissions, all)]
        .filter((right) => !right.endsWith(':read') && !usedBy.get(account)?.has(right))
        .sort(),
    }))
    .filter(({ permissions }) => permissions.length > 0);
}

export function createUnused(context: Context) {
  const { db, clock } = context;
  return {
    /** Users by name, a bounded number; `days` back from now. */
    unused: async (actor: Actor, days: number): Promise<UnusedRights> => {
      const since = new Date(clock.now().getTime() - days * 86_400_000);
      const { organisation } = actor.scope;
      const roles = await db.read(actor.scope, holdings(clock.now(), most));
      const used = await db.systemRead(actionsSince(organisation, since));
      const owners = new Map((await db.read(actor.scope, keyOwners)).map(({ id, account }) => [id, account]));
      return { since: since.toISOString(), items: findUnused(roles, used, owners, context.permissions()) };
    },
  };
}
